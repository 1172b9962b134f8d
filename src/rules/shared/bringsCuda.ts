import type { StagePackage } from './stagePackages.ts';

/** Packages that bring torch and so its libraries, which whoever imports it first has loaded. */
const pullers =
  /^(?:torch|torchvision|torchaudio|sentence-transformers|accelerate|ultralytics|timm|easyocr|openai-whisper|whisperx|whisper-timestamped|stable-ts|(?:pytorch-)?lightning|fastai|spacy-transformers|peft|pyannote-[\w-]+|kokoro|silero-vad|nemo-toolkit|speechbrain|demucs|tts|coqui-tts|vllm|deepspeed|bitsandbytes|tensorrt[\w-]*|nvidia-.+|jax-cuda.*|cupy-.+)$/;

/** Whether a package brings libraries of CUDA beside those of the image. */
export const bringsLibraries = ({ requirement: { name, extras } }: StagePackage): boolean =>
  pullers.test(name) || extras.some((extra) => /cuda|torch|gpu/.test(extra));
