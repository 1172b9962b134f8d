import { bytes } from '../views/words.ts';
import { command } from './command.ts';

export default command({
  id: 'show-layers',
  title: 'Show Layers and Sizes',
  icon: 'layers',
  on: { kind: 'image', single: true, group: '3_look@1' },
  async run([image], { engine, ui }) {
    if (!image) return;
    const layers = await (await engine()).history(image.reference ?? image.id);
    const total = layers.reduce((sum, layer) => sum + layer.bytes, 0);
    const rows = layers.map(({ bytes: size, by }) => {
      const share = total ? `${Math.round((size / total) * 100)} %` : '';
      return `| ${size ? bytes(size) : ''} | ${size ? share : ''} | \`${instruction(by)}\` |`;
    });
    const name = image.reference ?? image.id;
    await ui.show(
      `Layers of ${name.replace(/[/:@]/g, ' ')}.md`,
      [
        `# ${name}`,
        '',
        `${bytes(total)} in ${layers.filter((layer) => layer.bytes).length} layers, the newest first.`,
        '',
        '| size | share | instruction |',
        '| ---: | ---: | --- |',
        ...rows,
        '',
      ].join('\n'),
    );
  },
});

/** The instruction without what builders put around it, in one line. */
const instruction = (by: string): string =>
  by
    .replace(/^\/bin\/sh -c #\(nop\)\s*/, '')
    .replace(/^\/bin\/sh -c /, 'RUN ')
    .replace(/\s*# buildkit$/, '')
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .replaceAll('`', "'")
    .slice(0, 400);
