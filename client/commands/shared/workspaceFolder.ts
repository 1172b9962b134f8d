import type { Ui } from '../../ui.ts';

/** The folder of the workspace that a command is about: asked, where there are several. */
export async function workspaceFolder(ui: Ui, title: string): Promise<string | undefined> {
  const [first, ...others] = ui.folders;
  if (first === undefined) {
    await ui.inform('Open the folder that this is for first.');
    return undefined;
  }
  if (!others.length) return first;
  return ui.pick(
    title,
    ui.folders.map((value) => ({ label: value.slice(value.lastIndexOf('/') + 1), detail: value, value })),
    { placeholder: 'For which folder?' },
  );
}
