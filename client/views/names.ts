/** The views of the sidebar, by the last part of their ids, in their order. */
export const viewNames = ['containers', 'images', 'volumes', 'networks', 'contexts', 'gpus'] as const;
export type ViewName = (typeof viewNames)[number];
