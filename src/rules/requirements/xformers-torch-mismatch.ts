import { requirementsRule } from '../../lint/rule.ts';
import { fileProblems } from '../shared/pins.ts';
import { xformersTorch } from '../shared/pins/xformersTorch.ts';

export default requirementsRule({
  ...xformersTorch.about,
  examples: [
    { bad: 'torch==2.4.1\n«xformers==0.0.27.post2»\n', good: 'torch==2.4.1\nxformers==0.0.28.post1\n' },
    {
      title: 'local versions are kept',
      bad: 'torch==2.1.0+cu118\n«xformers==0.0.23+cu118»\n',
      good: 'torch==2.1.0+cu118\nxformers==0.0.22.post7+cu118\n',
    },
    { title: 'ranges', bad: 'torch>=2.5,<2.6\n«xformers==0.0.30»\n' },
    { good: 'torch==2.4\nxformers==0.0.27.post2\ntorchvision\n' },
    { title: 'open on one side, or a build of somebody’s own', good: 'torch>=2.1\nxformers==0.0.28\n' },
    { good: 'torch==2.4.0a0+f70bd71a48\nxformers==0.0.28\n' },
    { good: 'torch==2.12.0\nxformers==0.0.35\n' },
  ],
  check: (file, world) => fileProblems(xformersTorch, file, world),
});
