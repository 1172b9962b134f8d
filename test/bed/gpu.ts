import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// GPUs without a GPU: the engine is asked for devices and really passes them on; what stands in is the driver.
// The stand-in `nvidia-smi` answers in the format that NVIDIA documents, from the one table below; it is modelled on that format, not recorded.

const gpus = [
  {
    index: 0,
    name: 'NVIDIA H200',
    uuid: 'GPU-6d0a1c52-8f0e-4c1b-9a57-0b1f3f6f0a01',
    memory: 143771,
    used: 61440,
    utilization: 87,
    temperature: 61,
    power: 512.34,
    limit: 700,
    cap: '9.0',
  },
  {
    index: 1,
    name: 'NVIDIA L4',
    uuid: 'GPU-2f4b7e90-1d3c-4a8e-b6c5-7e8d9f0a1b02',
    memory: 23034,
    used: 0,
    utilization: 0,
    temperature: 38,
    power: 16.21,
    limit: 72,
    cap: '8.9',
  },
] as const;
const driver = '580.159.03';

/** Writes the CDI specification, the stand-in `nvidia-smi` and, with `hook`, the runtime hook that lets `--gpus` pass. */
export function writeGpuBoundary(folder: string, { hook }: { readonly hook: boolean }): { readonly bin: string; readonly cdi: string } {
  const bin = join(folder, 'bin');
  const cdi = join(folder, 'cdi');
  for (const path of [bin, cdi]) mkdirSync(path, { recursive: true });
  program(join(bin, 'nvidia-smi'), smi());
  const hookPath = join(bin, 'nvidia-container-runtime-hook');
  if (hook) program(hookPath, '#!/bin/sh\nexit 0\n');
  else rmSync(hookPath, { force: true });
  copyFileSync(join(bin, 'nvidia-smi'), join(folder, 'nvidia-smi'));
  const mount = { hostPath: join(folder, 'nvidia-smi'), containerPath: '/usr/bin/nvidia-smi', options: ['ro', 'bind'] };
  const device = (name: string, visible: string): object => ({
    name,
    containerEdits: { env: [`NVIDIA_VISIBLE_DEVICES=${visible}`], mounts: [mount] },
  });
  const devices = [...gpus.map(({ index }) => device(String(index), String(index))), device('all', 'all')];
  writeFileSync(join(cdi, 'nvidia.json'), JSON.stringify({ cdiVersion: '0.6.0', kind: 'nvidia.com/gpu', devices }));
  return { bin, cdi };
}

function program(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

/** A POSIX shell program, so that it also runs inside a container that has only busybox. */
function smi(): string {
  const rows = gpus.map((g) =>
    [
      `index=${g.index}`,
      `name=${g.name}`,
      `uuid=${g.uuid}`,
      `driver_version=${driver}`,
      `memory.total=${g.memory}`,
      `memory.used=${g.used}`,
      `memory.free=${g.memory - g.used}`,
      `utilization.gpu=${g.utilization}`,
      `utilization.memory=${Math.round((g.used / g.memory) * 100)}`,
      `temperature.gpu=${g.temperature}`,
      `power.draw=${g.power}`,
      `power.limit=${g.limit}.00`,
      `compute_cap=${g.cap}`,
      'mig.mode.current=Disabled',
      'pstate=P0',
    ].join('|'),
  );
  return `#!/bin/sh
# Stands in for nvidia-smi where there is no GPU.
query=
apps=
noheader=
for argument; do
  case $argument in
    --query-gpu=*) query=\${argument#*=} ;;
    --query-compute-apps=*) apps=\${argument#*=} ;;
    --format=*noheader*) noheader=1 ;;
    -L) list=1 ;;
  esac
done
rows() {
  cat <<'ROWS'
${rows.join('\n')}
ROWS
}
field() { printf '%s' "$1" | tr '|' '\\n' | sed -n "s/^$2=//p"; }
if [ -n "$list" ]; then
  rows | while IFS= read -r row; do echo "GPU $(field "$row" index): $(field "$row" name) (UUID: $(field "$row" uuid))"; done
  exit 0
fi
if [ -n "$query" ]; then
  for name in $(echo "$query" | tr ',' ' '); do
    rows | grep -q "\\(^\\||\\)$name=" || { echo "Field \\"$name\\" is not a valid field to query."; exit 2; }
  done
  [ -n "$noheader" ] || echo "$query" | sed 's/,/, /g'
  rows | while IFS= read -r row; do
    line=
    for name in $(echo "$query" | tr ',' ' '); do line="$line, $(field "$row" "$name")"; done
    echo "\${line#, }"
  done
  exit 0
fi
if [ -n "$apps" ]; then
  [ -z "$ML_CONTAINERS_GPU_APPS" ] || cat "$ML_CONTAINERS_GPU_APPS"
  exit 0
fi
echo "NVIDIA-SMI ${driver}             Driver Version: ${driver}     CUDA Version: 13.0"
rows | while IFS= read -r row; do echo "|  $(field "$row" index)  $(field "$row" name)  $(field "$row" memory.used)MiB / $(field "$row" memory.total)MiB |"; done
`;
}
