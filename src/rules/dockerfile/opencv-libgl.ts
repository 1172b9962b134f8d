import { dockerfileRule } from '../../lint/rule.ts';
import { needyPackages } from '../shared/packageNeeds.ts';
import { named } from '../shared/stagePackages.ts';
import { systemBrings } from '../shared/systemBrings.ts';
import { beside, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'opencv-libgl',
  severity: 'warning',
  title: 'Use opencv-python-headless in an image without a screen',
  why: '`opencv-python` loads libGL for its windows. Slim images have none: `import cv2` ends with «libGL.so.1: cannot open shared object file». `opencv-python-headless` is the same library without windows.',
  reach: 'file',
  looksAt: [...pythonPackages, ...beside('RUN', 'COPY --from', '#', '* headless')],
  needs: pythonInstalls('opencv'),
  examples: [
    {
      bad: 'FROM python:3.11-slim\nRUN pip install «opencv-python==4.10.0.84»\n',
      good: 'FROM python:3.11-slim\nRUN pip install opencv-python-headless==4.10.0.84\n',
    },
    {
      files: { 'requirements.txt': 'opencv-python\n' },
      bad: 'FROM python:3.11-slim\nCOPY requirements.txt .\nRUN pip install -r «requirements.txt»\n',
    },
    {
      title: 'the libraries are installed',
      good: 'FROM python:3.11-slim\nRUN apt-get update && apt-get install -y libgl1 libglib2.0-0\nRUN pip install opencv-python\n',
    },
    {
      title: 'taken out of the file before',
      files: { 'requirements.txt': 'opencv-python\n' },
      good: "FROM python:3.11-slim\nCOPY requirements.txt .\nRUN sed -i '/opencv-python/d' requirements.txt && pip install -r requirements.txt\n",
    },
    { title: 'the headless one wins', good: 'FROM python:3.11-slim\nRUN pip install opencv-python opencv-python-headless\n' },
  ],
  *check(file, world) {
    const needy = needyPackages(file, world);
    for (const { found, need, stage, image } of needy) {
      if (!found.requirement.name.startsWith('opencv-') || need.instead === undefined) continue;
      // These come with libGL, or make cv2 work without it.
      const others = [
        'ffmpeg',
        'xvfb',
        'libgtk-3-dev',
        'libgtk2.0-dev',
        'libsm6',
        'mesa-utils',
        'libgl1-mesa-dev',
        'chromium',
        'libglx-mesa0',
        'opencv-python-headless',
      ];
      if (systemBrings(file, stage, [...(need.libraries ?? []), ...others])) continue;
      if (file.source.text.includes('headless')) continue;
      const headless = found.requirement.name.replace(/^(opencv(?:-contrib)?-python)$/, '$1-headless');
      yield {
        span: found.word.span,
        message: `${named(found)} needs libGL.so.1, which «${image}» does not have: import cv2 fails. Use ${headless}.`,
        fixes:
          found.path === undefined
            ? [{ title: `Use ${headless}`, safe: false, edits: [{ span: found.requirement.nameSpan, text: headless }] }]
            : [],
      };
    }
  },
});
