import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { defaultLintConfig, lint } from '../../../src/lint/lint.ts';
import { rules } from '../../../src/rules/index.ts';
import { applyEdits } from '../../../src/text/text.ts';
import { marked } from '../examples.ts';
import { worldOf } from '../world.ts';

describe('a fault stands at what is wrong', () => {
  for (const [title, example] of [
    ['a port in a variable', 'FROM a\nARG PORT=http\nEXPOSE 80 «$PORT»\n'],
    ['a port in two variables', 'FROM a\nENV FROM=9 TO=8\nEXPOSE «$FROM-$TO»\n'],
    ['a port in a value that the image or the build may give', 'FROM a\nENV P=${P} Q=$X\nEXPOSE ${P} $Q\n'],
    ['a substitution of a shell for a port', 'FROM scratch\nEXPOSE 80/«tcp$(» «$(PORT)» $P\n'],
    ['several ports in one variable', 'FROM a\nENV PORTS="80 443"\nEXPOSE $PORTS\n'],
    ['a port that whoever builds gives', 'FROM a\nARG PORT\nEXPOSE $PORT $OTHER\n'],
    ['an ARG that ENV replaces', 'FROM a\nARG PORT=b\nENV PORT=80\nEXPOSE $PORT\n'],
    ['a signal in a variable', 'FROM a\nENV S=SIGNOTHING\nSTOPSIGNAL «${S}»\n'],
    ['no signal at all', 'FROM a\nSTOPSIGNAL «$»\n'],
    ['two signals over two lines', 'FROM a\nSTOPSIGNAL SIGTERM \\\n«SIGKILL»\n'],
    ['a modifier that is missing', 'FROM a\nWORKDIR /x/«${A:}»\n'],
    ['one path in JSON', 'FROM a\nCOPY [ "«a.txt»" ]\n'],
    ['empty brackets', 'FROM a\nADD «[ ]»\n'],
    ['a heredoc without a destination', 'FROM a\n«COPY» <<EOF\nx\nEOF\n'],
    ['an address that is none', 'FROM a\nEXPOSE 127.0.0.1:80:80 8080:80 «8080::80»\n'],
    ['a stage in a variable', 'FROM a\nCOPY --from=«$STAGE» b /c\n'],
    ['a stage that begins below', 'FROM a AS x\nCOPY --from=«y» b /c\nONBUILD COPY --from=y b /c\nFROM b AS y\n'],
    ['a platform that is none', 'FROM --platform=«ubuntu» a\nFROM --platform=arm64 b\nFROM --platform=linux/x d\n'],
    [
      'a platform in a variable that nothing sets',
      'ARG P\nFROM --platform=$P a\nFROM --platform=«$BULIDPLATFORM» b\nFROM --platform=«linux/$X» c\n',
    ],
    ['a platform that the build sets', 'FROM --platform=$BUILDPLATFORM a\nFROM --platform=${X:-linux/amd64} b\n'],
    ['words of a health check in quotes', 'FROM a\nHEALTHCHECK «"NONE"»\nHEALTHCHECK «\\CMD» x\nHEALTHCHECK cmd x\n'],
    ['flags that nothing reads', 'FROM a\nHEALTHCHECK --timeout=x --timeout=y NONE\n'],
    ['flags that STOPSIGNAL passes over', 'FROM a\nSTOPSIGNAL --chown=a SIGTERM\n'],
    ['the name of an ARG, whose quotes are a part of it', "FROM a\nARG 'A=b\n"],
    ['an escape for a user, which a build takes', 'FROM a\nUSER \\ \\\n'],
    ['an escape for a label', 'FROM a\n«LABEL» \\ \\\n'],
    ['the escape of other files', 'FROM a\nUSER `\nVOLUME `\nEXPOSE «`»\n'],
    ['an escape at the end', 'FROM a\n«\\»\n\n# that is all\n'],
    ['a name that no image may have either', 'FROM a AS «base-»\nFROM a AS «b..c»\nFROM a AS b__c\nFROM a AS b--c\n'],
    ['a byte order mark in the middle', 'FROM a\nEXPOSE 80 «81\uFEFF» 82\n\uFEFFRUN true\n'.replace('\uFEFFRUN', '«\uFEFFRUN»')],
    ['a signal and a port that nothing sets', 'FROM scratch\nSTOPSIGNAL «SIG$X»\nFROM alpine\nEXPOSE $Y 80 «8-$Y»\nFROM a\nEXPOSE 8-$Y\n'],
    ['a signal that the image or the build may set', 'FROM debian\nARG X\nSTOPSIGNAL $X$PATH$HTTP_PROXY\n'],
    [
      'what the build itself reads behind ONBUILD',
      'FROM a\nONBUILD ENV «a»\nONBUILD LABEL a=b «c»\nONBUILD urn x\nONBUILD EXPOSE x\nONBUILD COPY --from=x a b\nONBUILD ARG\n',
    ],
    ['a heredoc behind ONBUILD, said once', 'FROM a\nONBUILD RUN «<<EOF»\nx\n'],
    [
      'a variable that has to be set and is not',
      'FROM scratch\nENV A=«${B:?}» C=${PATH:?} D=${HTTP_PROXY:?}\nARG B\nWORKDIR /${B:?}\nUSER «x${E?no}»\nRUN ${E:?}\n',
    ],
    ['a variable that has to be set, in what others may set', 'FROM a\nENV A=${B:?}\nFROM debian\nARG A=\nARG B=${C:?}\nENV D=${A:?}\n'],
    ['a variable that has to be set, without meaning', "FROM scratch\nENV A='${B:?}' C=\\${B:?} D=${B:-x} E=${F:+«»}\n".replace('«»', '')],
    ['a variable that has to be set for FROM', 'ARG B\nFROM --platform=«${A:?}» x${B:?}\nFROM «x${A:?}»\nFROM x${HTTP_PROXY:?}\n'],
    ['an ARG for all FROM that whoever builds may replace', 'ARG A=${B:?}\nFROM a\n'],
    [
      'substitutions of a shell in a heredoc that a build expands',
      "FROM a\nCOPY <<EOF <<\"RAW\" <<-X /y/\n\\${A[@]} it's '«${A[@]}»'\nEOF\n${A[@]}\nRAW\n\t«${!A}» ${A[@]}\n\tX\nRUN <<EOF\n${A[@]}\nEOF\n",
    ],
    ['a substitution over two lines of a heredoc', 'FROM a\nCOPY <<EOF /x\n«${A»\nEOF\nCOPY <<EOF /x\n$A ${B:-"} $(c)\nEOF\n'],
    ['a variable of a heredoc that has to be set', 'FROM scratch\nCOPY <<EOF /x\n: «${A:?no}»\nEOF\nARG A\nCOPY <<EOF /x\n${A:?no}\nEOF\n'],
    [
      'substitutions in flags',
      'FROM --platform=«${A[}» a\nCOPY --chown=«${A[}» --exclude=${A[} b /c\nRUN --mount=type=cache,«target=${A[}»,id=${A} true\nRUN --network=«${A}» true\n',
    ],
    [
      'a mount where the stage works, which is the root',
      'FROM debian AS a\nRUN --mount=«target=.» «--mount=type=cache» --mount=type=secret,id=x true\nWORKDIR x\nRUN --mount=target=. true\nRUN --mount=«dst=..» true\nFROM a\nRUN --mount=target=y true\nWORKDIR /\nRUN --mount=«target=./» true\n',
    ],
    [
      'a mount where a stage works that nothing is known of',
      'FROM a\nRUN --mount=target=. true\nWORKDIR x\nRUN --mount=target=.. true\nFROM python:2-onbuild\nRUN --mount=target=. true\nFROM debian\nARG X\nWORKDIR $X\nRUN --mount=target=. true\n',
    ],
    [
      'a mount whose target comes to the root',
      'FROM debian\nARG B=\nRUN --mount=«target=/${A}» --mount=target=/${B} --mount=target=/x${A} true\nWORKDIR /x/$A\nRUN --mount=«target=..» true\n',
    ],
    ['flags behind a no-break space, which are none', 'FROM a\nRUN \u00a0--mont=x true\nRUN  «--mont»=x true\n'],
    ['a byte order mark in a value, which parts no words', 'FROM a\nENV A=a\uFEFF80\nEXPOSE «${A#a}»\n'],
    ['a no-break space in a directive', '# escape=«\u00a0`»\nFROM a\n'],
    ['a byte order mark before a word', 'FROM \uFEFFa\nEXPOSE \uFEFF \uFEFF80\nSTOPSIGNAL \uFEFFSIGTERM\nVOLUME «\uFEFF»\n'],
    ['a mount from what is no image', 'FROM a AS B\nFROM a\nRUN --mount=«from=.example.org/b:1,target=/x» --mount=from=b,target=/y true\n'],
    ['a digest that is too short', `FROM a@«sha256:${'0'.repeat(63)}»\nFROM a@sha256:${'0'.repeat(64)}\n`],
    ['a digest of another kind', `FROM a@«md5:${'0'.repeat(32)}»\nFROM a@«sha256:${'F'.repeat(64)}»\n`],
    ['an escape behind the keyword', 'FROM a\n«COPY»\\ a b\n'],
  ] as const)
    test(title, () => {
      const { text, spans } = marked(example);
      assert.deepEqual(
        parseDockerfile('Dockerfile', text).faults.map(({ span }) => text.slice(span.start, span.end)),
        spans.map(({ start, end }) => text.slice(start, end)),
      );
    });
});

describe('what a build refuses can be mended where it is told how', () => {
  const mended = (text: string): readonly string[] => {
    const fail = (rule: string): never => assert.fail(rule);
    return lint(parseDockerfile('Dockerfile', text), rules, worldOf({}), defaultLintConfig, fail)
      .filter(({ rule }) => rule === 'syntax')
      .flatMap(({ fixes = [] }) => fixes.map(({ title, edits }) => `${title}: ${JSON.stringify(applyEdits(text, edits))}`));
  };
  for (const [text, wanted] of [
    ['FROM a\nCOPY --chwon=a b /c\n', 'Write --chown: "FROM a\\nCOPY --chown=a b /c\\n"'],
    ['FROM a\nCOPY --quiet=a b /c\n', 'Remove --quiet=a: "FROM a\\nCOPY b /c\\n"'],
    ['FROM a b\n', 'Remove b: "FROM a\\n"'],
    ['FROM a AS b c d\n', 'Remove c d: "FROM a AS b\\n"'],
    ['# escape=x\nFROM a\n', 'Write \\: "# escape=\\\\\\nFROM a\\n"'],
  ] as const)
    test(JSON.stringify(text), () => {
      assert.deepEqual(mended(text), [wanted]);
    });
});
