import type { ComposeFile, MapNode } from '../../compose/model.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { composeRule, type World } from '../../lint/rule.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { imageReference } from '../../text/imageReference.ts';
import { serviceBuild } from '../shared/composeImage.ts';
import { commandWords } from '../shared/serviceCommand.ts';
import { imageServices, major } from '../shared/serviceImages.ts';

export default composeRule({
  id: 'airflow-webserver-3',
  severity: 'error',
  title: 'Start Airflow 3 with api-server',
  why: 'Airflow 3 has no `webserver` command: `api-server` took its place, and the DAGs are read by a `dag-processor` of its own. `db init` became `db migrate`.',
  looksAt: ['image', 'build', 'command', 'entrypoint'],
  examples: [
    {
      title: 'in a script',
      bad: 'services:\n  web:\n    image: apache/airflow:3.1.0\n    entrypoint: «bash -c "airflow db migrate && airflow webserver"»\n',
    },
    {
      bad: 'services:\n  web:\n    image: apache/airflow:3.0.2\n    command: «webserver»\n',
      good: 'services:\n  web:\n    image: apache/airflow:3.0.2\n    command: api-server\n',
    },
    { bad: 'services:\n  init:\n    image: apache/airflow:3.0.2\n    command: «airflow db init»\n' },
    {
      title: 'on an image that is built here',
      files: { Dockerfile: 'FROM apache/airflow:3.1.0-python3.12\nRUN pip install pandas\n' },
      bad: 'services:\n  web:\n    build: .\n    command: [airflow, «webserver»]\n',
      good: 'services:\n  web:\n    build: .\n    command: [airflow, api-server]\n',
    },
    { good: 'services:\n  web:\n    image: apache/airflow:2.10.5\n    command: webserver\n' },
  ],
  *check(file, world) {
    const pulled = imageServices(file).map(({ service: { node }, image }) => ({ node, image }));
    for (const { node, image } of [...pulled, ...builtImages(file, world)]) {
      if (serviceFacts(world.knowledge, image)?.id !== 'airflow' || (major(imageReference(image).tag) ?? 0) < 3) continue;
      const words = commandWords(node);
      for (const [at, word] of words.entries()) {
        // The first word, or what follows the program: the command of a longer script.
        if (words[at - 1]?.value !== 'airflow' && (at > 0 || word.value === 'airflow')) continue;
        const second = words[at + 1];
        if (word.value === 'webserver')
          yield {
            span: word.node.span,
            message: 'Airflow 3 has no command «webserver»: the container ends at once. It is api-server now.',
            fixes:
              word.node.kind === 'scalar' && word.node.text === 'webserver' && !word.node.quoted
                ? [{ title: 'Use api-server', safe: false, edits: [{ span: word.node.span, text: 'api-server' }] }]
                : [],
          };
        else if (word.value === 'db' && second && /^(?:init|upgrade)$/.test(second.value))
          yield { span: second.node.span, message: `Airflow 3 has no «db ${second.value}»: it is db migrate now.` };
      }
    }
  },
});

/** Services of images that are built here, with what they are built on. */
const builtImages = (file: ComposeFile, world: World): readonly { readonly node: MapNode; readonly image: string }[] =>
  file.services.flatMap(({ node }) => {
    const built = serviceBuild(file, node, world);
    const image = built && rootImage(built.dockerfile, built.stage, built.buildArgs);
    return image === undefined ? [] : [{ node, image }];
  });
