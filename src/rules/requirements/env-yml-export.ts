import { requirementsRule } from '../../lint/rule.ts';
import { lineAt, lineSpan, type Edit } from '../../text/text.ts';
import { condaInstallers } from '../shared/installers.ts';

export default requirementsRule({
  id: 'env-yml-export',
  severity: 'warning',
  title: 'Export an environment without builds and prefix',
  why: '`conda env export` writes the build of every package (`=py311h2bc3f7f_0`) and the folder on the machine it ran on. Those builds are for that system alone: in a Linux container conda answers «ResolvePackageNotFound». `conda env export --no-builds`, or better `--from-history`, writes what another machine can solve. The rule speaks when the builds are of macOS or Windows.',
  examples: [
    {
      path: 'environment.yml',
      bad: 'name: demo\nchannels:\n  - defaults\ndependencies:\n  - «python=3.11.5=hb885b13_0»\n  - libcxx=14.0.6=h9765a3e_0\n  - numpy=1.26.0=py311he598dae_0\n  - openssl=3.0.12=h1a28f6b_0\n  - pip=23.3=py311hca03da5_0\nprefix: /Users/me/miniconda3/envs/demo\n',
      good: 'name: demo\nchannels:\n  - defaults\ndependencies:\n  - python=3.11.5\n  - libcxx=14.0.6\n  - numpy=1.26.0\n  - openssl=3.0.12\n  - pip=23.3\n',
    },
    {
      title: 'one build chosen on purpose',
      path: 'environment.yml',
      good: 'dependencies:\n  - python=3.11\n  - pytorch=2.4.1=cuda120_py311h_300\n  - numpy\nprefix: /opt/conda\n',
    },
    {
      title: 'an export of Linux',
      path: 'environment.yml',
      good: 'dependencies:\n  - python=3.11.5=h955ad1f_0\n  - numpy=1.26.0=py311h08b1b3b_0\n',
    },
  ],
  *check(file, world) {
    if (file.format !== 'conda') return;
    const { text } = file.source;
    const built = [...text.matchAll(/^[ \t]*-[ \t]+(["']?)((?:[\w./-]+::)?[\w.-]+=[\w.!+]+)(=\w+)\1[ \t]*$/gm)];
    const listed = file.requirements.filter(({ conda }) => conda).length + (file.python ? 1 : 0);
    const [first] = built;
    if (!first || built.length < 3 || built.length < listed / 2) return;
    const prefix = /^prefix:[ \t]*(.*)$/m.exec(text);
    const foreign = /^\s*-\s+(?:libcxx|appnope|pyobjc-core|vs2015_runtime|vc|ucrt|pywin32|m2w64-[\w-]+)=/m.exec(text);
    const elsewhere = foreign ? foreign[0].trim().slice(2).split('=')[0] : undefined;
    const home = /^(?:\/Users\/|[A-Za-z]:\\)/.test(prefix?.[1] ?? '');
    if (elsewhere === undefined && !home) return;
    const [installer] = condaInstallers(file.source.path, world);
    const edits: Edit[] = built.map((match) => {
      const build = match[3] ?? '';
      const start = match.index + match[0].lastIndexOf(build);
      return { span: { start, end: start + build.length }, text: '' };
    });
    if (prefix) {
      const line = lineAt(file.source, prefix.index);
      edits.push({ span: { start: prefix.index, end: file.source.lineStarts[line + 1] ?? lineSpan(file.source, line).end }, text: '' });
    }
    const start = first.index + first[0].indexOf(first[2] ?? '');
    yield {
      span: { start, end: start + (first[2] ?? '').length + (first[3] ?? '').length },
      message: `${built.length} packages name a build ${elsewhere === undefined ? 'from the machine of the export, which was no Linux' : `for the system of the export: ${elsewhere} is not for Linux`}. ${installer ? `${installer.dockerfile.source.path} installs this file, and conda finds no such builds there` : 'In a Linux container conda finds no such builds'}. Write versions alone, or export with --from-history.`,
      fixes: [{ title: 'Leave out the builds and the prefix', safe: false, edits }],
    };
  },
});
