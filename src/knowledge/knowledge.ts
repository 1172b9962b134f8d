/** How far a row may be relied on. Only certain rows may raise errors or warnings. */
export type Sure = 'certain' | 'likely' | 'hint';

/** One PyTorch release. Versions as on the package index; `released` is a month. */
export interface TorchRelease {
  readonly version: string;
  readonly released?: string;
  readonly torchvision?: string;
  readonly torchaudio?: string;
  /** Minor versions of Python that have a wheel, e.g. `3.11`. */
  readonly python: readonly string[];
  /** The CUDA version of the wheel that PyPI serves for Linux. */
  readonly pypiCuda?: string;
  readonly wheels: readonly TorchWheel[];
}
export interface TorchWheel {
  /** The local version and index suffix: `cpu`, `cu126`, `rocm7.2`. */
  readonly tag: string;
  readonly cuda?: string;
  readonly rocm?: string;
  /** Compute capabilities that have code of their own. */
  readonly archs?: readonly string[];
  readonly minComputeCapability?: string;
  /** The lowest NVIDIA driver on Linux. */
  readonly minDriver?: string;
}

/** What a base image holds. An absent field is not known. */
export interface BaseImage {
  /** A regular expression on `name:tag`, the default registry left out; a group `python` captures the version. */
  readonly match: string;
  readonly name: string;
  readonly os?: string;
  /** Minor version of the Python that `python` or `python3` starts; `none` when there is none. */
  readonly python?: string;
  readonly user: string;
  readonly packages: readonly ('apt' | 'apk' | 'dnf' | 'pip' | 'conda' | 'mamba' | 'uv')[];
  readonly libc: 'glibc' | 'musl';
  readonly tools: Readonly<Partial<Record<'curl' | 'wget' | 'git' | 'gcc' | 'nc', boolean>>>;
  /** Approximate size unpacked, in MB. */
  readonly size?: readonly [number, number];
  /** What whoever runs it has to know. */
  readonly note?: string;
  /** What completion offers of it; for images that a project has added. */
  readonly references?: readonly string[];
  readonly sure: Sure;
}

/** A package index, known by how its address begins. */
export interface PackageIndex {
  readonly url: string;
  readonly of: 'pypi' | 'pytorch';
  /** Which build of PyTorch it holds: `cu126`, `cpu`. */
  readonly build?: string;
}

export interface ServicePort {
  readonly port: number;
  readonly role: string;
  readonly protocol?: string;
  readonly ui?: boolean;
}

/** A variable without which a container ends at once. */
export interface RequiredSetting {
  /** One of them is enough; the first is what a fix writes. */
  readonly anyOf: readonly string[];
  /** A regular expression on `name:tag`, where not all images of the service ask for it. */
  readonly image?: string;
  /** The programs that ask for it, where a service names the one it runs. */
  readonly programs?: readonly string[];
  /** What a fix writes, where that is fixed. */
  readonly value?: string;
  /** What the container says before it ends. */
  readonly failsWith: string;
}

/** What a variable has to look like: with another value a container ends at once. */
export interface SettingForm {
  readonly variables: readonly string[];
  /** A regular expression on the value. */
  readonly form: string;
  /** The form in words: `at least 8 characters`. */
  readonly says: string;
  /** A regular expression on `name:tag`, where not all images of the service look at it. */
  readonly image?: string;
  /** The programs that look at it, where a service names the one it runs. */
  readonly programs?: readonly string[];
  /** Variables that lift it. */
  readonly unless?: readonly string[];
  /** What the container says before it ends. */
  readonly failsWith: string;
  /** How sure this form is, where that is more or less than the service's own row. */
  readonly sure?: Sure;
}

/** A service that ML stacks run, recognised by its image. */
export interface Service {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly images: readonly string[];
  /** A regular expression on the image reference. */
  readonly recognise: string;
  readonly ports: readonly ServicePort[];
  readonly health?: {
    readonly endpoint?: string | null;
    readonly port?: number | null;
    readonly test?: readonly string[] | null;
    /** The images and tags that need another test, by a regular expression on the reference; null where they have nothing to test with. */
    readonly others?: readonly {
      readonly recognise: string;
      readonly test: readonly string[] | null;
      readonly endpoint?: string;
      readonly port?: number;
    }[];
    /** What a command has in it, where one is written, when the test is right: the image runs other things, too. */
    readonly command?: string;
    readonly why?: string | null;
  };
  readonly startPeriod?: string;
  readonly env: Readonly<Record<string, string>>;
  /** What its containers end without. */
  readonly required?: readonly RequiredSetting[];
  /** What its containers end with when it has another form. */
  readonly forms?: readonly SettingForm[];
  readonly volumes: readonly { readonly path: string; readonly what?: string }[];
  readonly defaultCredentials: readonly { readonly what?: string; readonly user?: string; readonly password?: string }[];
  readonly gpu?: string;
  /** Whether its worker processes share memory through `/dev/shm`. */
  readonly wantsShm: boolean;
  readonly tools?: Readonly<Record<string, boolean | string>>;
  readonly notes: readonly string[];
  readonly sure: Sure;
}

/** A message of a build or a log, with its cause and cure. `pattern` may name groups. */
export interface KnownError {
  readonly id: string;
  readonly category: string;
  readonly phase?: string;
  readonly pattern: string;
  readonly flags: string;
  readonly cause: string;
  readonly fix: readonly string[];
}

export interface ExitCode {
  readonly code: number | string;
  readonly name: string;
  readonly meaning: string;
  readonly tryThis: readonly string[];
}

/** The lowest Linux driver that runs programs built with any CUDA of a major version. */
export interface CudaDriver {
  readonly major: number;
  readonly linux: string;
}

export interface GpuArchitecture {
  readonly arch: string;
  readonly computeCapability: string;
  readonly firstCuda: string | null;
  readonly lastCuda: string | null;
  readonly examples: string | null;
}

/** A release of a product, and how long it lasts. */
export interface ReleaseLife {
  readonly releaseDate?: string;
  /** ISO dates, as all here: the last day with fixes, and with those of the long-term team; absent while none is set. */
  readonly eol?: string;
  readonly eoes?: string;
  readonly latest?: string;
  readonly codename?: string;
}

/** A CUDA version of `nvidia/cuda` that has cuDNN images: the word for cuDNN in its tags, and the systems. */
export interface CudaImage {
  readonly cuda: string;
  readonly cudnn: 'cudnn8' | 'cudnn9' | 'cudnn';
  readonly os: readonly string[];
}

/** A CUDA toolkit and the Linux driver it was released with. */
export interface CudaToolkit {
  readonly cuda: string;
  readonly driver: string;
  readonly sure: Sure;
}

/** A vLLM release: the torch it pins, the CUDA of its image. */
export interface VllmRelease {
  readonly version: string;
  /** Absent when it is not known for certain enough to be said. */
  readonly torch?: string;
  readonly cuda: string;
  readonly python: readonly string[];
  readonly sure: Sure;
}

/** A release of xFormers and the one torch that its wheels require. */
export interface XformersRelease {
  readonly version: string;
  readonly torch: string;
}

/** A minor release of onnxruntime-gpu: the CUDA and cuDNN it links to. */
export interface OnnxRuntimeRelease {
  readonly version: string;
  readonly cuda: string;
  readonly cudnn: string;
  readonly sure: Sure;
}

/** A JAX release: Pythons with wheels, names of its extras. */
export interface JaxRelease {
  readonly version: string;
  readonly released: string;
  readonly minPython: string;
  readonly maxPython: string;
  readonly extras: readonly string[];
}

/** A TensorFlow release with the CUDA it was tested with. */
export interface TensorflowRelease {
  readonly version: string;
  readonly python: readonly string[];
  readonly cuda: string;
  readonly cudnn: string;
  readonly minDriver: string;
}

/** Some releases of a package, and the Pythons that they are for. */
export interface PythonSupport {
  readonly name: string;
  /** The first release, and the first one that is none of them. */
  readonly from: string;
  readonly before?: string;
  /** The oldest Python that pip takes them for. */
  readonly oldest?: string;
  /** The newest Python that they have a wheel for. */
  readonly newest?: string;
  /** Whether pip may build them where there is no wheel, given a compiler. */
  readonly sdist?: boolean;
  /** The first Python that they cannot be built for either. */
  readonly unbuildable?: string;
  readonly sure: Sure;
}

/** A package whose builds from before `since` were compiled for NumPy 1 and fail with NumPy 2. */
export interface NumpyBuild {
  readonly name: string;
  readonly since: string;
  /**
   * What the builds before `since` ask of pip: `any` numpy, or an `older` one, so that pip itself chooses that; with `from` and `to`, any in
   * these releases (the last one left out) and an older one in the others. Absent when they ask for none.
   */
  readonly asks?: 'any' | 'older' | { readonly from: string; readonly to: string };
  readonly failsWith: string;
  readonly sure: Sure;
}

/** A framework image of NVIDIA's registry. */
export interface NgcImage {
  readonly image: string;
  readonly framework: string;
  readonly cuda?: string;
  readonly python: string;
  readonly ubuntu: string;
  readonly driver?: string;
  readonly sure: Sure;
}

/** What a Python package needs beyond pip. */
export interface PackageNeed {
  readonly names: readonly string[];
  /** Debian packages that it loads at run time, any of which is enough within a row. */
  readonly libraries?: readonly string[];
  /** Other packages that bring one of them along. */
  readonly broughtBy?: readonly string[];
  /** They are programs, called when something of it is used: whoever only brings it along may never do so. */
  readonly called?: true;
  /** Debian packages that building it needs, when there is no wheel. */
  readonly build?: readonly string[];
  /** A drop-in package that needs none of it. */
  readonly instead?: string;
  readonly failsWith: string;
  readonly sure: Sure;
}

/** What is worth knowing of a Python package beside its pin, whatever the version. */
export interface PackageNote {
  readonly name: string;
  /** `{version}` stands for the pinned version: a row with it is for pins. `since`: the first version that it is for. */
  readonly rows: readonly { readonly label: string; readonly text: string; readonly since?: string }[];
  /** Where it was read, and when. */
  readonly source: string;
  readonly asOf: string;
}

/** A package that newer releases of Debian or Ubuntu no longer have under its name. */
export interface AptRename {
  readonly name: string;
  /** The first release without it; absent when all have it. */
  readonly debian?: string;
  readonly ubuntu?: string;
  /** What takes its place, by release where that differs. */
  readonly now?: string | Readonly<Record<string, string>>;
  /** What to do when nothing takes its place. */
  readonly advice?: string;
}

/** A registry: how images are named there, and the command that logs in. Words in capitals are the user’s. */
export interface Registry {
  readonly name: string;
  readonly image: string;
  readonly login: string;
  readonly note?: string;
}

/** What this project knows about machine learning. Rules and assists receive it; they never import a table. */
export interface KnowledgeBase {
  readonly torch: readonly TorchRelease[];
  /** Names (PEP 503) that the package index of PyTorch holds. */
  readonly torchIndex: ReadonlySet<string>;
  readonly images: readonly BaseImage[];
  readonly services: readonly Service[];
  readonly errors: readonly KnownError[];
  readonly exitCodes: readonly ExitCode[];
  readonly cudaDrivers: readonly CudaDriver[];
  readonly gpus: readonly GpuArchitecture[];
  readonly cudaImages: readonly CudaImage[];
  readonly cudaToolkits: readonly CudaToolkit[];
  readonly vllm: readonly VllmRelease[];
  readonly xformers: readonly XformersRelease[];
  readonly onnxRuntime: readonly OnnxRuntimeRelease[];
  readonly jax: readonly JaxRelease[];
  readonly tensorflow: readonly TensorflowRelease[];
  readonly numpyBuilds: readonly NumpyBuild[];
  readonly pythonSupport: readonly PythonSupport[];
  readonly ngc: readonly NgcImage[];
  readonly packageNeeds: readonly PackageNeed[];
  readonly packageNotes: readonly PackageNote[];
  /** Indexes that a project has added. */
  readonly indexes: readonly PackageIndex[];
  readonly aptRenames: readonly AptRename[];
  readonly registries: readonly Registry[];
  /** By product, then release cycle: `python` → `3.9`. */
  readonly endOfLife: Readonly<Record<string, Readonly<Record<string, ReleaseLife>>>>;
}
