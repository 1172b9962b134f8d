import { mountsOf } from '../../dockerfile/mounts.ts';
import { shippedSections } from '../../dockerfile/sections.ts';
import { runsIn, type RunCommand } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { textOf } from '../shared/stageText.ts';

export default dockerfileRule({
  id: 'model-download-in-build',
  severity: 'info',
  quiet: 'For machines without a network a model belongs in the image.',
  title: 'Say which revision of a model goes into the image',
  why: 'A model that a RUN downloads is the newest of that day, in a layer as big as the model (14 GB for 7 billion parameters in 16 bits) that every node pulls, again and again when a line above changes. Fix the `revision`, put the RUN above what changes often, or download at start into a volume (`HF_HOME`).',
  reach: 'shipped',
  looksAt: ['RUN huggingface-cli', 'RUN hf', 'RUN python'],
  examples: [
    { bad: 'FROM python:3.12-slim\nRUN «python -c "from transformers import AutoModel; AutoModel.from_pretrained(\'BAAI/bge-m3\')"»\n' },
    { bad: 'FROM python:3.12-slim\nRUN pip install huggingface_hub && «huggingface-cli download Qwen/Qwen3-8B»\n' },
    {
      bad: 'FROM python:3.12-slim\nRUN «python - <<EOF»\nfrom sentence_transformers import SentenceTransformer\nSentenceTransformer("all-MiniLM-L6-v2")\nEOF\n',
    },
    {
      title: 'a fixed revision; a cache that stays outside',
      good: 'FROM python:3.12-slim\nRUN hf download Qwen/Qwen3-8B --revision 9c925d64d72725edaf899c6cb9c377fd0709d9c5\nRUN --mount=type=cache,target=/root/.cache/huggingface python -c "from transformers import AutoModel; AutoModel.from_pretrained(\'x/y\')"\n',
    },
    {
      title: 'a local folder',
      good: 'FROM python:3.12-slim\nRUN python -c "from transformers import AutoModel; AutoModel.from_pretrained(\'/models/a\')"\n',
    },
  ],
  *check(file) {
    for (const call of shippedSections(file).flatMap((section) => (section.stage ? [...runsIn(file, section)] : []))) {
      const { instruction, command } = call;
      if (!downloads(call)) continue;
      if (
        /revision/.test(textOf(instruction)) ||
        mountsOf(instruction).some(({ type, target }) => type === 'cache' && /huggingface|\.cache\/?$|hf|model/.test(target ?? ''))
      )
        continue;
      yield {
        span: command.span,
        message:
          'This puts the newest model of the day into a layer, which every machine pulls in full. Fix its revision, or download it at start into a volume.',
      };
    }
  },
});

/** Whether a command downloads a model of a hub; a heredoc is the script of a Python that reads it. */
function downloads({ program, args, instruction, command }: RunCommand): boolean {
  const words = args.map(({ value }) => value);
  if (program === 'huggingface-cli' || program === 'hf')
    return (
      words[0] === 'download' &&
      !/^(?:dataset|space)$/.test(words[words.indexOf('--repo-type') + 1] ?? '') &&
      !words.some((word) => /^--repo-type=(?:dataset|space)$/.test(word)) &&
      words.slice(1).filter((word) => !word.startsWith('-')).length < 3
    );
  if (!/^python[\d.]*$/.test(program)) return false;
  const heredoc =
    args.length === 0 || words[0] === '-'
      ? instruction.heredocs.find(({ opener }) => opener.start >= command.span.start && opener.start < command.span.end)
      : undefined;
  const script = words.find((_, at) => words[at - 1] === '-c') ?? heredoc?.text ?? '';
  return /\bfrom_pretrained\(\s*f?["'](?![./])|\bsnapshot_download\(|\bSentenceTransformer\(\s*["'](?![./])|\bCrossEncoder\(\s*["'](?![./])|\bpipeline\([^)]*model\s*=\s*["'](?![./])|\bwhisper\.load_model\(|\bWhisperModel\(\s*["'](?![./])|\btorch\.hub\.load\(/.test(
    script,
  );
}
