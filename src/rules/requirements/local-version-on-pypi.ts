import { requirementsRule } from '../../lint/rule.ts';
import { lineBreak } from '../../text/text.ts';
import { installers } from '../shared/installers.ts';
import { filePins } from '../shared/pins.ts';
import { localVersion } from '../shared/pins/localVersion.ts';
import { isPypi, torchSource } from '../shared/torchSource.ts';

export default requirementsRule({
  id: 'local-version-on-pypi',
  severity: 'error',
  title: 'Name the index of a +cpu or +cu build of torch',
  why: 'Versions with a `+cpu` or `+cu121` are on PyTorch’s own index only. When neither this file nor the Dockerfile that installs it names that index, pip looks on PyPI and finds «no matching distribution».',
  examples: [
    {
      files: {
        Dockerfile: 'FROM python:3.11-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
        'requirements.txt': 'torch==2.4.1+cu118\n',
      },
      bad: '«torch==2.4.1+cu118»\n',
      good: '--extra-index-url https://download.pytorch.org/whl/cu118\ntorch==2.4.1+cu118\n',
    },
    {
      title: 'the Dockerfile names it',
      files: {
        Dockerfile:
          'FROM python:3.11-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt --extra-index-url https://download.pytorch.org/whl/cu118\n',
        'requirements.txt': 'torch==2.4.1+cu118\n',
      },
      good: 'torch==2.4.1+cu118\n',
    },
    {
      title: 'pip does not look into [tool.uv]',
      path: 'pyproject.toml',
      files: {
        Dockerfile: 'FROM python:3.11-slim\nCOPY . .\nRUN pip install .\n',
        'pyproject.toml': '[project]\ndependencies = ["torch==2.4.1+cu118"]\n',
      },
      bad: '[project]\ndependencies = ["«torch==2.4.1+cu118»"]\n\n[tool.uv.sources]\ntorch = { index = "pytorch" }\n\n[[tool.uv.index]]\nname = "pytorch"\nurl = "https://download.pytorch.org/whl/cu118"\nexplicit = true\n',
    },
    { title: 'installed in a way that is not known', good: 'torch==2.4.1+cu118\n' },
  ],
  *check(file, world) {
    const local = localVersion(filePins(file));
    if (
      !local ||
      file.options.some(
        ({ name, tool, value }) => tool === undefined && /^(?:index-url|extra-index-url|find-links|no-index)$/.test(name) && !isPypi(value),
      )
    )
      return;
    const from = installers(file.source.path, world).find(
      ({ dockerfile, stage, install }) => torchSource(dockerfile, stage, install, world).kind === 'pypi',
    );
    if (!from) return;
    const url = `https://download.pytorch.org/whl/${local.tag}`;
    yield {
      span: local.pin.span,
      message: `${local.pin.requirement.name} ${local.pinned} is not on PyPI, and neither this file nor ${from.dockerfile.source.path} names ${url}: pip finds nothing to install.`,
      fixes:
        file.format === 'pip'
          ? [
              {
                title: `Add --extra-index-url ${url}`,
                safe: true,
                edits: [{ span: { start: 0, end: 0 }, text: `--extra-index-url ${url}${lineBreak(file.source)}` }],
              },
            ]
          : [],
    };
  },
});
