import { composeRule } from '../../lint/rule.ts';
import { openJupyter } from '../shared/jupyterToken.ts';
import { dropWord } from '../shared/dropWord.ts';
import { isPublic, publishedPorts } from '../shared/published.ts';
import { publishLocally } from '../shared/publishLocally.ts';
import { commandWords } from '../shared/serviceCommand.ts';

export default composeRule({
  id: 'jupyter-no-token',
  severity: 'warning',
  quiet: 'The container runs; who reaches the port is for the network to say.',
  title: 'Keep Jupyter’s token',
  why: 'Jupyter without a token is a shell for everyone who reaches the port. Published without an address, that is every network of the host.',
  looksAt: ['command', 'entrypoint', 'ports'],
  examples: [
    {
      bad: 'services:\n  lab:\n    image: quay.io/jupyter/scipy-notebook:2025-10-20\n    command: «start-notebook.py --IdentityProvider.token=\'\'»\n    ports: ["8888:8888"]\n',
      good: 'services:\n  lab:\n    image: quay.io/jupyter/scipy-notebook:2025-10-20\n    command: start-notebook.py\n    ports: ["8888:8888"]\n',
    },
    {
      title: 'on this machine only',
      good: 'services:\n  lab:\n    image: quay.io/jupyter/scipy-notebook:2025-10-20\n    command: start-notebook.py --IdentityProvider.token=\'\'\n    ports: ["127.0.0.1:8888:8888"]\n',
    },
    { good: 'services:\n  lab:\n    image: quay.io/jupyter/scipy-notebook:2025-10-20\n    ports: ["8888:8888"]\n' },
  ],
  *check({ services, source }) {
    for (const { node } of services) {
      const words = commandWords(node);
      const open = words.filter(({ value }) => openJupyter([value]) !== undefined);
      const [word] = open;
      const port = publishedPorts(node).find(isPublic);
      if (word && port) {
        const drops = open.flatMap((each) => dropWord(source, node, each, false));
        const [first] = drops;
        yield {
          span: word.node.span,
          message: `${word.value.split('=')[0] ?? ''} is empty, and port ${port.published} is open on every network of the host: anyone gets a shell. Keep the token, or publish on 127.0.0.1.`,
          fixes: [
            ...(first && drops.length === open.length ? [{ ...first, edits: drops.flatMap(({ edits }) => edits) }] : []),
            ...publishLocally(port),
          ],
        };
      }
    }
  },
});
