import { dockerfileRule } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';

export default dockerfileRule({
  id: 'conda-defaults-channel',
  severity: 'info',
  quiet: 'It concerns large organisations and new conda versions; in most projects the build works.',
  title: 'Use conda-forge rather than Anaconda’s default channel',
  why: 'Anaconda’s channels ask for a licence in organisations of more than 200 people, and new conda versions stop in automation until their terms are accepted (`CondaToSNonInteractiveError`). `condaforge/miniforge3` uses conda-forge.',
  looksAt: ['* conda', '* mamba', '* channels', '* defaults', '* nodefaults', '* tos', '* CONDA_'],
  examples: [
    {
      bad: 'FROM «continuumio/miniconda3:24.9.2-0»\nRUN conda install -y numpy\n',
      good: 'FROM condaforge/miniforge3:24.9.2-0\nRUN conda install -y numpy\n',
    },
    {
      title: 'another channel only',
      good: 'FROM continuumio/miniconda3:24.9.2-0\nRUN conda install -y --override-channels -c conda-forge numpy\n',
    },
    { good: 'FROM condaforge/miniforge3:24.9.2-0\nRUN conda install -y numpy\n' },
    { title: 'nothing installed from a channel', good: 'FROM continuumio/miniconda3:24.9.2-0\nRUN pip install numpy\n' },
  ],
  *check(file, world) {
    for (const { image, parts, word, stage, literal } of bases(file, world)) {
      if (!/^continuumio\/(?:mini|ana)conda3?$/.test(parts.name)) continue;
      const text = stage.instructions.map(({ body, heredocs }) => body.text + heredocs.map((doc) => doc.text).join('\n')).join('\n');
      if (!/\b(?:conda|mamba)\s+(?:env\s+)?(?:install|create|update)\b/.test(text)) continue;
      if (/--override-channels|nodefaults|channels\s+defaults|tos accept|CONDA_PLUGINS_AUTO_ACCEPT_TOS/.test(text)) continue;
      yield {
        span: word.span,
        message: `«${image}» installs from Anaconda’s default channel, whose terms must be accepted first and cost money in large organisations. condaforge/miniforge3 does not.`,
        fixes:
          literal && /^\d+\.\d+\.\d+-\d+$/.test(parts.tag ?? '') && parts.digest === undefined
            ? [
                {
                  title: `Use condaforge/miniforge3:${parts.tag ?? ''}`,
                  safe: false,
                  edits: [{ span: word.span, text: `condaforge/miniforge3:${parts.tag ?? ''}` }],
                },
              ]
            : [],
      };
    }
  },
});
