/** Debian packages that bring only what they are called after: no Python, no tool and no user besides. */
const alone =
  /^(?:curl|wget|git|git-lfs|build-essential|gcc|g\+\+|make|cmake|ninja-build|ca-certificates|gnupg2?|unzip|zip|bzip2|xz-utils|tar|nano|less|tini|bash|sudo|htop|tmux|screen|tzdata|locales|openssh-client|pkg-config|jq|netcat(?:-openbsd|-traditional)?|iputils-ping|net-tools|procps|rsync|ffmpeg|lib[\w.+-]+|apt-utils|apt-transport-https|python3?[\d.]*(?:-(?:pip|venv|dev|setuptools|wheel|minimal|distutils|full|is-python3))*|software-properties-common|vim|gdb|nvtop|graphviz|tesseract-ocr|poppler-utils|sox|espeak-ng)$/;

/** Whether a package surely brings nothing of another name. */
export const comesAlone = (name: string): boolean => alone.test(name.replace(/[=:/].*$/, ''));
