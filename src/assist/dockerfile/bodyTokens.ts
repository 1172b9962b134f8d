import type { Dockerfile, Heredoc, Instruction } from '../../dockerfile/model.ts';
import { commandsOf, shellOf } from '../../dockerfile/shell/scripts.ts';
import type { Token, TokenType } from '../model.ts';

/** The languages of heredocs and of RUN that are coloured. */
export type Language = 'shell' | 'powershell' | 'python' | 'json' | 'yaml' | 'ini' | 'javascript';

/** What a match is, by the group that matched; `word` is a keyword or a name. */
type Part = TokenType | 'word';
interface Lexer {
  readonly pattern: RegExp;
  readonly parts: readonly Part[];
  readonly keywords?: ReadonlySet<string>;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const quoted = String.raw`"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?`;

const lexers: Readonly<Record<Language, Lexer>> = {
  shell: {
    pattern:
      /(^#.*|(?<=[\s;&|(])#.*)|(\$\{[^}\n]*\}?|\$[\w@*#?$!-])|('[^']*'?|"(?:\\[^]|[^"\\])*"?)|([;&|()<>]+)|((?:\\.|[^\s'"$;&|()<>])+)/gm,
    parts: ['comment', 'variable', 'string', 'operator', 'parameter'],
  },
  powershell: {
    pattern: new RegExp(
      [
        String.raw`(<#[^]*?(?:#>|$(?![^]))|(?<![\w$])#.*)`,
        String.raw`([\x60\\](?=[ \t]*\r?$))`,
        String.raw`("(?:\x60[^]|[^"\x60])*"?|'[^']*'?)`,
        String.raw`(\$(?:\{[^}\n]*\}?|\w+(?::\w+)?|[$?^]))`,
        String.raw`(?<![\w.])(\d[\w.]*)`,
        String.raw`(?<![\w-])((?:if|else|elseif|foreach|for|while|do|until|switch|function|param|return|try|catch|finally|throw|break|continue|in|begin|process|end)(?![\w-]))`,
        String.raw`(?<![\w-])([A-Za-z]+-[A-Za-z]\w*)`,
        String.raw`([;|&(){}=<>,]+)`,
        String.raw`([^\s"'$;|&(){}=<>,\x60#]+)`,
      ].join('|'),
      'gim',
    ),
    parts: ['comment', 'macro', 'string', 'variable', 'number', 'keyword', 'function', 'operator', 'parameter'],
  },
  python: {
    pattern: new RegExp(
      String.raw`(#.*)|([rbfuRBFU]{0,2}(?:"""[^]*?(?:"""|$(?![^]))|'''[^]*?(?:'''|$(?![^]))|${quoted}))|(?<![\w.])(\d[\w.]*)|(@[\w.]+)|([A-Za-z_]\w*(?=\s*\())|([A-Za-z_]\w*)`,
      'gm',
    ),
    parts: ['comment', 'string', 'number', 'macro', 'function', 'word'],
    keywords: set(
      'and as assert async await break class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield None True False print',
    ),
  },
  javascript: {
    pattern: new RegExp(
      String.raw`(\/\/.*|\/\*[^]*?(?:\*\/|$(?![^])))|(${quoted}|\x60(?:\\.|[^\x60\\])*\x60?)|(?<![\w.])(\d[\w.]*)|([A-Za-z_$][\w$]*(?=\s*\())|([A-Za-z_$][\w$]*)`,
      'gm',
    ),
    parts: ['comment', 'string', 'number', 'function', 'word'],
    keywords: set(
      'async await break case catch class const continue default delete do else export extends false finally for from function if import in instanceof let new null of return super switch this throw true try typeof undefined var void while yield',
    ),
  },
  json: {
    pattern: /("(?:\\.|[^"\\\n])*"(?=\s*:))|("(?:\\.|[^"\\\n])*"?)|(-?\d[\d.eE+-]*)|(\b(?:true|false|null)\b)/g,
    parts: ['property', 'string', 'number', 'keyword'],
  },
  yaml: {
    pattern: new RegExp(
      String.raw`(^[ \t]*#.*|(?<=\s)#.*)|(^[ \t]*(?:- +)*)?([\w./-]+(?=:(?:\s|$)))|(${quoted})|(?<=[:\s])(-?\d+(?:\.\d+)?(?=\s*$))|(?<=[:\s])((?:true|false|null)(?=\s*$))`,
      'gm',
    ),
    parts: ['comment', 'word', 'property', 'string', 'number', 'keyword'],
  },
  ini: {
    pattern: new RegExp(
      String.raw`(^\s*[#;].*)|(^\s*\[[^\]\n]*\])|(^\s*[\w.-]+(?=\s*=))|(${quoted})|(?<=[=\s])(-?\d+(?:\.\d+)?(?=\s*$))`,
      'gm',
    ),
    parts: ['comment', 'namespace', 'property', 'string', 'number'],
  },
};

/** The colours of a heredoc's content by its language; none where that is not known. */
export function bodyTokens(file: Dockerfile, instruction: Instruction, heredoc: Heredoc): readonly Token[] {
  const language = languageOf(file, instruction, heredoc);
  return language ? lexed(heredoc.text, heredoc.content.start, language) : [];
}

/** The colours of a text that begins at an offset. */
export function lexed(content: string, offset: number, language: Language): readonly Token[] {
  const { pattern, parts, keywords } = lexers[language];
  const tokens: Token[] = [];
  for (const match of content.matchAll(pattern)) {
    let start = offset + match.index;
    for (const [index, part] of parts.entries()) {
      const text: string | undefined = match[index + 1];
      if (!text) continue;
      const type = part !== 'word' ? part : keywords?.has(text) ? 'keyword' : undefined;
      const blank = /^\s*/.exec(text)?.[0].length ?? 0;
      if (type) tokens.push({ start: start + blank, end: start + text.length, type });
      start += text.length;
    }
  }
  return tokens;
}

/** The program of PowerShell, whatever its folder. */
const powershell = /^(?:powershell|pwsh)(?:\.exe)?$/i;

/** Whether PowerShell runs the shell form of an instruction. */
export const isPowershell = (file: Dockerfile, instruction: Instruction): boolean =>
  powershell.test(shellOf(file, instruction).replace(/^.*[\\/]/, ''));

const byExtension: readonly (readonly [RegExp, Language])[] = [
  [/\.(?:sh|bash|env)$|(?:^|\/)\.?(?:bashrc|profile|entrypoint)$/, 'shell'],
  [/\.psm?1$/i, 'powershell'],
  [/\.pyi?$/, 'python'],
  [/\.(?:json|jsonc|ipynb)$/, 'json'],
  [/\.ya?ml$|(?:^|\/)\.condarc$/, 'yaml'],
  [/\.(?:ini|cfg|conf|toml|properties)$/, 'ini'],
  [/\.[cm]?[jt]s$/, 'javascript'],
];
const byProgram: readonly (readonly [RegExp, Language])[] = [
  [/^(?:ba|da|a|z|k)?sh$/, 'shell'],
  [powershell, 'powershell'],
  [/^(?:python|pypy|ipython)[\d.]*$/, 'python'],
  [/^(?:node|deno|bun)$/, 'javascript'],
];
const find = (rows: readonly (readonly [RegExp, Language])[], name: string | undefined): Language | undefined =>
  name === undefined ? undefined : rows.find(([pattern]) => pattern.test(name))?.[1];

/** By the interpreter that its first line names, the file it becomes, or the program that reads it. */
export function languageOf(file: Dockerfile, instruction: Instruction, heredoc: Heredoc): Language | undefined {
  const shebang = /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(?:\S*\/)?([\w.-]+)/.exec(heredoc.text)?.[1];
  const told = find(byProgram, shebang);
  if (told || shebang !== undefined) return told;
  if (instruction.keyword !== 'RUN') {
    const target = instruction.args.at(-1)?.value;
    return find(byExtension, target) ?? find(byExtension, heredoc.name);
  }
  if (/^<<-?\s*\S+$/.test(instruction.body.text.trim())) return isPowershell(file, instruction) ? 'powershell' : 'shell';
  const command = commandsOf(file, instruction).find(({ redirects }) => redirects.some(({ span }) => span.start === heredoc.opener.start));
  if (!command) return undefined;
  const written = command.redirects.find(({ operator }) => /^1?>>?\|?$/.test(operator))?.target?.value;
  const target = written ?? (command.name === 'tee' ? command.words.at(-1)?.value : undefined);
  return find(byExtension, target) ?? (target === undefined ? find(byProgram, command.name) : undefined);
}
