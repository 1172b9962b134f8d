import { get, items, text, type Node } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { placeholder } from '../shared/placeholder.ts';

export default composeRule({
  id: 'placeholder-left',
  severity: 'warning',
  title: 'Put your own names in the place of an example’s',
  why: 'A word of a template such as `your-image` or `/path/to/data` stands where a name of this project belongs: the image is not found, or Docker makes an empty folder `/path/to/data` and mounts that.',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'volumes'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: «your-registry/api:1»\n    volumes:\n      - «/path/to/models:/models»\n',
      good: 'services:\n  api:\n    image: registry.example.com/api:1\n    volumes:\n      - ./models:/models\n',
    },
    {
      title: 'commands, builds and long mounts',
      bad: 'services:\n  api:\n    build: {context: «/path/to/api»}\n    command: [serve, --model, «/path/to/model»]\n    volumes:\n      - {type: bind, source: «/path/to/data», target: /data}\n',
    },
    {
      title: 'environment, labels and other keys are not looked at; words that only look like one',
      good: 'services:\n  api:\n    image: registry.example.com/yourapp:1\n    environment: {MODEL_DIR: /path/to/models}\n    labels: [hint=your-image]\n    volumes: ["./my/path/to:/data"]\n',
    },
    {
      title: 'a variable decides',
      good: 'services:\n  api:\n    image: ${REGISTRY:-your-registry}/api:1\n    environment:\n      HINT: replace YOUR_NAME\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const build = get(node, 'build');
      const places: readonly (Node | undefined)[] = [
        get(node, 'image'),
        build?.kind === 'scalar' ? build : get(build, 'context'),
        get(build, 'dockerfile'),
        ...items(get(node, 'command')),
        ...items(get(node, 'entrypoint')),
        ...items(get(node, 'volumes')).map((item) => (item.kind === 'map' ? get(item, 'source') : item)),
      ];
      for (const place of places) {
        const value = text(place) ?? '';
        const found = value.includes('${') ? undefined : placeholder(value);
        if (place && found)
          yield { span: place.span, message: `«${found.text}» is the word of an example: write the name that this project has.` };
      }
    }
  },
});
