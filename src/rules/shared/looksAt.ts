// What the helpers beside this file look at, for the rules that state it with their own (see `looksAt` of a rule).

/** What is looked at only where something else is there, too. */
export const beside = (...parts: readonly string[]): readonly string[] => parts.map((part) => (part.startsWith('&') ? part : `&${part}`));

/** What starts a container, where it mentions a word. */
export const starts = (...words: readonly string[]): readonly string[] => words.flatMap((word) => [`CMD ${word}`, `ENTRYPOINT ${word}`]);

/** What runs in a build or starts a container, where it mentions a word. */
export const calls = (...words: readonly string[]): readonly string[] => [...words.map((word) => `RUN ${word}`), ...starts(...words)];

/** What installs Python packages, or parts of it. */
export const programs: readonly string[] = ['pip', 'uv', 'poetry', 'pdm', 'conda', 'mamba', 'pixi'];

/** The RUNs with one of these. */
export const installing: readonly string[] = programs.map((program) => `RUN ${program}`);

/** Of `stagePackages`, `installedRequirements` and what is built on them, for rules that `needs: packages(…)`: that knows which files they read. */
export const pythonPackages: readonly string[] = [...installing, '&RUN requirements'];

/** Of `stageText`. */
export const stageWords: readonly string[] = ['RUN', 'COPY', 'ADD', 'ENV', 'ARG'];

/** Of calls of apt-get, apk, dnf and the others. */
export const systemManagers: readonly string[] = ['RUN apt', 'RUN apk', 'RUN dnf', 'RUN yum', 'RUN zypper', 'RUN pacman'];

/** ENV and ARG that mention a word, for who only looks for it in `stageText`. */
export const setting = (...words: readonly string[]): readonly string[] => words.flatMap((word) => [`ENV ${word}`, `ARG ${word}`]);

/** Of `stagePython`: a COPY counts when it comes, goes, or takes from a stage. */
export const pythonVersion: readonly string[] = beside('RUN', 'COPY --from', 'lines', 'keywords', '* UV_PYTHON');

/** Of `torchSource`, besides the installation itself. */
export const packageIndexes: readonly string[] = beside('* PIP_', '* UV_', '* pip.conf', '* uv.toml', '* .config/pip');
