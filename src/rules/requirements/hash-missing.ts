import { requirementsRule } from '../../lint/rule.ts';
import { holdsOnLinux } from '../../python/marker.ts';
import type { Requirement } from '../../python/model.ts';
import { installers } from '../shared/installers.ts';

export default requirementsRule({
  id: 'hash-missing',
  severity: 'error',
  title: 'Give every requirement a hash, or none',
  why: 'One `--hash` in a file puts pip into a mode in which it takes nothing without: «Hashes are required in --require-hashes mode, but they are missing from some requirements», and «all requirements must have their versions pinned with ==». A line added by hand to a file that `pip-compile --generate-hashes` or `uv export` wrote ends there. uv itself takes such files, unless it is told `--require-hashes`.',
  examples: [
    {
      bad: 'torch==2.5.1 \\\n    --hash=sha256:0123\n«flask==3.1.0»\n',
    },
    {
      title: 'with a hash, and no version',
      bad: 'torch==2.5.1 --hash=sha256:0123\n«flask>=3» --hash=sha256:4567\n',
    },
    {
      title: 'asked for in a line of its own',
      bad: '--require-hashes\n«torch==2.5.1»\n',
    },
    {
      title: 'all of them, or none; what another system installs; a file whose name says its hash',
      good: 'torch==2.5.1 --hash=sha256:0123\npywin32==308 ; sys_platform == "win32"\napp @ https://example.org/app-1.0-py3-none-any.whl#sha256=89ab\n',
    },
    { good: 'torch==2.5.1\nflask==3.1.0\n' },
    {
      title: 'uv installs it',
      files: {
        Dockerfile: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN uv pip install --system -r requirements.txt\n',
        'requirements.txt': 'torch==2.5.1 --hash=sha256:0123\nflask==3.1.0\n',
      },
      good: 'torch==2.5.1 --hash=sha256:0123\nflask==3.1.0\n',
    },
  ],
  *check(file, world) {
    if (file.format !== 'pip') return;
    const { requirements, options, source } = file;
    if (!requirements.some(({ hashed }) => hashed) && !options.some(({ name }) => name === 'require-hashes')) return;
    const refused = requirements.filter((each) => holdsOnLinux(each.marker) === true && isRefused(each));
    const [first, ...others] = refused;
    if (!first) return;
    const installs = installers(source.path, world).map(({ install }) => install);
    if (
      installs.length &&
      installs.every(({ tool, options: given }) => tool === 'uv' && !given.some(({ name }) => name === '--require-hashes'))
    )
      return;
    const more = others.length ? ` ${others.length} more ${others.length === 1 ? 'requirement is' : 'requirements are'} like it.` : '';
    yield {
      span: first.span,
      message: first.hashed
        ? `pip takes a requirement with a hash only with one version: write «${first.name}==…».${more}`
        : `Other lines have hashes, so pip refuses «${first.name}», which has none («Hashes are required in --require-hashes mode»). Make the file anew with the tool that wrote it.${more}`,
    };
  },
});

/** What pip refuses once it asks for hashes. */
const isRefused = ({ hashed, pinned, specifier, url, editable }: Requirement): boolean =>
  editable ||
  (url === undefined
    ? !hashed || pinned === undefined || specifier.includes('*')
    : !hashed && !/#.*\b(?:sha256|sha384|sha512|sha1|md5|sha224)=/.test(url));
