import { unsetIn, type Complaint } from '../complaint.ts';
import { get, items, type MapNode } from '../model.ts';
import { commandWords } from '../short/words.ts';

/** The commands of a service that are one text: what Compose cannot split into words. */
export function* checkCommands(service: MapNode): Generator<Complaint> {
  const hooks = [...items(get(service, 'post_start')), ...items(get(service, 'pre_stop'))];
  const watched = items(get(service, 'develop', 'watch')).map((item) => get(item, 'exec'));
  const commands = [get(service, 'command'), get(service, 'entrypoint'), ...[...hooks, ...watched].map((hook) => get(hook, 'command'))];
  for (const command of commands) {
    if (command?.kind !== 'scalar' || command.unknown || typeof command.value !== 'string') continue;
    if (commandWords(command.value) === undefined)
      yield {
        kind: 'value',
        span: command.span,
        late: true,
        message: `${unsetIn(command)}Compose cannot split this command into words: a quote, bracket, backtick or backslash lacks its other half, or a bracket stands outside quotes. Write a list, or put it in quotes.`,
      };
  }
}
