/** What the wheels behind an address are compiled for, as the address says: of torch the minor release. */
export interface WheelPage {
  readonly torch: string;
  /** `cu121` or `cpu`. */
  readonly build?: string;
}

/** Packages with code that is compiled against one minor release of torch, and that are offered on such pages. */
export const torchExtensions: ReadonlySet<string> = new Set([
  'detectron2',
  'dgl',
  'flash-attn',
  'kaolin',
  'mmcv',
  'mmcv-full',
  'natten',
  'pyg-lib',
  'pytorch3d',
  'torch-cluster',
  'torch-scatter',
  'torch-sparse',
  'torch-spline-conv',
]);

/** `…/torch-2.1.0+cu118.html`, `…/cu118/torch2.1.0/index.html`, `…/torch-2.1/cu121/repo.html`, `…/py310_cu121_pyt210/download.html`. */
export function wheelPage(url: string): WheelPage | undefined {
  if (/[${}]/.test(url)) return undefined;
  const text = url.replaceAll('%2B', '+');
  const [, written] = /[/_.+-]torch-?(\d+\.\d+)(?![\d])/.exec(text) ?? [];
  const [, major, minor] = /_pyt(\d)(\d+)\d(?!\d)/.exec(text) ?? [];
  const torch = written ?? (major === undefined || minor === undefined ? undefined : `${major}.${minor}`);
  if (torch === undefined) return undefined;
  const build = /[/_+-](cu\d{2,3}|cpu)(?![\w])/.exec(text)?.[1] ?? /[/_+-](cu\d{2,3}|cpu)_/.exec(text)?.[1];
  return { torch, ...(build === undefined ? {} : { build }) };
}

/** Whether code that is compiled for one build of torch cannot be loaded beside another: CUDA libraries are called after their major version. */
export const isOtherBuild = (page: string, torch: string): boolean =>
  page !== 'cpu' && (torch === 'cpu' || (/^cu\d+$/.test(torch) && page.slice(0, -1) !== torch.slice(0, -1)));

/** `11.8` of `cu118`. */
export const cudaOf = (build: string): string => build.replace(/^cu(\d+)(\d)$/, '$1.$2');
