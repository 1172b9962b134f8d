/** Makes an element; `attributes` are set as written, `on…` are listeners. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// Drawn on a grid of 16, in the current colour.
const icons = {
  up: 'M8 3.5 3 8.5l.7.7L7.5 5.4V13h1V5.4l3.8 3.8.7-.7z',
  down: 'M8 12.5l5-5-.7-.7-3.8 3.8V3h-1v7.6L3.7 6.8l-.7.7z',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 1a5 5 0 1 1 0 10A5 5 0 0 1 8 3zm-.5 2v3.7l2.8 1.7.5-.85L8.5 8.1V5z',
  wrap: 'M2 3h12v1H2zm0 4h9.5a2.5 2.5 0 0 1 0 5H9v2l-2.5-2.5L9 9v2h2.5a1.5 1.5 0 0 0 0-3H2zm0 4h3v1H2z',
  copy: 'M5 2h7l2 2v8H5zm1 1v8h7V4.4L11.6 3zM2 5h2v1H3v8h7v-1h1v2H2z',
  save: 'M2 2h10l2 2v10H2zm1 1v10h1V9h8v4h1V4.4L11.6 3H11v4H5V3zm3 0v3h4V3zm-1 7v3h6v-3z',
  clear: 'M3 4h10v1H3zm3-2h4v1H6zM4 6h1v7h6V6h1v8H4zm2.5 1h1v5h-1zm2 0h1v5h-1z',
  list: 'M2 3h2v2H2zm4 .5h8v1H6zM2 7h2v2H2zm4 .5h8v1H6zM2 11h2v2H2zm4 .5h8v1H6z',
  end: 'M7.5 2h1v7.1l3-3 .7.7L8 11 3.8 6.8l.7-.7 3 3zM3 13h10v1H3z',
} as const;

export type Icon = keyof typeof icons;

export function icon(name: Icon): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true' }))
    svg.setAttribute(key, value);
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', icons[name]);
  path.setAttribute('fill', 'currentColor');
  path.setAttribute('fill-rule', 'evenodd');
  svg.append(path);
  return svg;
}

/** A button with a name that a screen reader says and a tooltip shows. */
export function button(name: string, face: Icon | { readonly text: string }, act: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', title: name, 'aria-label': name }, [typeof face === 'string' ? icon(face) : face.text]);
  made.addEventListener('click', act);
  return made;
}

/** A button that stays pressed. */
export interface Toggle {
  readonly element: HTMLButtonElement;
  set(on: boolean): void;
}
export function toggle(name: string, face: Icon | { readonly text: string }, change: (on: boolean) => void): Toggle {
  const made = button(name, face, () => {
    set(made.getAttribute('aria-pressed') !== 'true');
    change(made.getAttribute('aria-pressed') === 'true');
  });
  const set = (on: boolean): void => {
    made.setAttribute('aria-pressed', String(on));
  };
  set(false);
  return { element: made, set };
}
