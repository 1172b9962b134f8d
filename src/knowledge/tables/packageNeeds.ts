// What Python packages need from the system. Checked 2026-08.
// Source: the packages’ own installation pages and build scripts.
import type { PackageNeed } from '../knowledge.ts';

export const packageNeeds: readonly PackageNeed[] = [
  {
    names: ['opencv-python', 'opencv-contrib-python'],
    libraries: ['libgl1', 'libgl1-mesa-glx', 'libgl1-mesa-dri', 'libopencv-dev', 'python3-opencv', 'libegl1'],
    instead: 'opencv-python-headless',
    failsWith: 'libGL.so.1: cannot open shared object file',
    sure: 'certain',
  },
  {
    names: ['lightgbm'],
    libraries: ['libgomp1', 'gcc', 'g++', 'build-essential'],
    // What depends on it; python3-pip recommends a compiler.
    broughtBy: [
      ...[
        'gfortran',
        'python3-pip',
        'python3-opencv',
        'libopencv-dev',
        'libopenblas-dev',
        'gdal-bin',
        'libgdal-dev',
        'r-base',
        'r-base-core',
      ],
      ...['ffmpeg', 'imagemagick', 'graphicsmagick', 'libmagickwand-dev', 'tesseract-ocr', 'ocrmypdf', 'sox', 'libsox-dev'],
      ...['libavcodec-dev', 'libvips42', 'libvips-dev'],
    ],
    failsWith: 'libgomp.so.1: cannot open shared object file',
    sure: 'certain',
  },
  {
    names: ['pyodbc'],
    libraries: ['unixodbc', 'unixodbc-dev', 'msodbcsql17', 'msodbcsql18'],
    failsWith: 'libodbc.so.2: cannot open shared object file',
    sure: 'certain',
  },
  {
    names: ['pdf2image'],
    libraries: ['poppler-utils'],
    called: true,
    failsWith: 'Unable to get page count. Is poppler installed and in PATH?',
    sure: 'certain',
  },
  {
    names: ['pytesseract'],
    libraries: ['tesseract-ocr'],
    called: true,
    failsWith: 'tesseract is not installed or it is not in your PATH',
    sure: 'certain',
  },
  { names: ['graphviz', 'pydot', 'pydotplus'], libraries: ['graphviz'], called: true, failsWith: 'failed to execute dot', sure: 'certain' },
  {
    names: ['pyspark'],
    libraries: [
      'default-jre-headless',
      'default-jre',
      'default-jdk',
      'openjdk-11-jre-headless',
      'openjdk-17-jre-headless',
      'openjdk-21-jre-headless',
      'openjdk-17-jdk',
      'openjdk-11-jdk',
      'openjdk-17-jre',
      'openjdk-8-jdk',
      'openjdk-21-jdk',
      'default-jdk-headless',
      'openjdk-17-jdk-headless',
      'openjdk-11-jre',
    ],
    failsWith: 'JAVA_HOME is not set',
    sure: 'certain',
  },
  { names: ['pydub', 'openai-whisper'], libraries: ['ffmpeg'], failsWith: "No such file or directory: 'ffmpeg'", sure: 'likely' },
  {
    names: ['psycopg2'],
    build: ['gcc', 'build-essential', 'libpq-dev'],
    instead: 'psycopg2-binary',
    failsWith: 'pg_config executable not found',
    sure: 'certain',
  },
  {
    names: ['mysqlclient'],
    build: ['gcc', 'build-essential', 'default-libmysqlclient-dev', 'libmariadb-dev', 'libmysqlclient-dev'],
    failsWith: 'Can not find valid pkg-config name',
    sure: 'certain',
  },
  {
    names: ['pyaudio'],
    build: ['gcc', 'build-essential', 'portaudio19-dev'],
    failsWith: 'fatal error: portaudio.h: No such file or directory',
    sure: 'certain',
  },
];
