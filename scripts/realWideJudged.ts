/** Repositories that were looked at by rule and not one by one: name, commit and its day. */
export const repositories: readonly (readonly [name: string, commit: string, day: string])[] = `
  00Dvs00/rag-security-framework 6db9a7c6 2026-08-15
  02loveslollipop/furina-ai 39d9218c 2024-05-05
  0Xuser100/Production-Ready-RAG-Application 9f8ea4f1 2025-08-31
  0aub/akd-upscale 936e0d8f 2025-02-24
  1Panel-dev/MaxKB 121614fb 2025-09-05
  2imi9/OpenEnergy-Engine 5ca035d0 2026-03-05
  3spky5u-oss/ARCA 84f9dfde 2026-02-14
  AI-Hypercomputer/maxdiffusion 7cfb8801 2026-08-21
  AKILANG-EKWALI/asr-fine-tuning d99db185 2026-08-20
  AbdBarho/stable-diffusion-webui-docker 802d0bcd 2024-06-23
  AbdulMomen2/vllm-lgtm-ops 1aebecc2 2026-05-19
  Alaeddin-B/german-energy-price-forecasting-mlops a540c0de 2025-10-09
  AlexPi44/ml-pipeline-deployment 20bce32f 2025-09-29
  AnkitB47/AutonoMind 682357e7 2025-07-08
  AnthonyBlv/mlops a7ee86c5 2024-11-07
  AntonSHBK/speech_to_text_service 15d5fc19 2026-02-02
  Apoorva64/stable-diffusion-web-ui c03db548 2024-04-03
  Arize-ai/phoenix 9478f954 2026-08-21
  AymanBerri/titanic-mlops d26ce422 2026-03-14
  Azure/azureml-assets 4b41f8cc 2026-07-23
  Azure/azureml-examples 085cd6ea 2026-07-31
  Bangkit-C22-HO04/ml-api 286915c1 2022-06-12
  BasPH/data-pipelines-with-apache-airflow d5b18a70 2023-01-17
  BoxuanYang/Flash-attention 53fe4e11 2024-08-22
  BuckanovNikita/clearml-yolo 6931e104 2026-08-19
  CSmithy89/ultimate-ai-rag b3e3da9d 2026-01-11
  ChuLiYu/alphapulse-mlops-platform 2d1db3fe 2026-03-02
  Cinnamon/kotaemon 4015bb0f 2026-03-28
  CodeAlexx/EriDiffusion e7d8f699 2026-04-03
  ContinuumIO/docker-images dc64b234 2024-07-02
  Cosmicjedi/jane-llm-setup b240af14 2025-10-01
  DLR-RM/rl-baselines3-zoo 22e3ff24 2026-04-23
  DMontgomery40/agro-rag-engine 0a9a3210 2025-10-22
  DataScientest-Studio/Template_MLOps_accidents 8a1f815e 2025-01-15
  DataTalksClub/llm-zoomcamp c85fa440 2026-07-20
  DataTalksClub/machine-learning-zoomcamp f9f04380 2026-06-25
  DuqueOM/ML-MLOps-Portfolio 6828c0d4 2025-12-05
  EffortlessMetrics/slower-whisper 23d833f4 2026-02-18
  EleutherAI/gpt-neox ea7aefd8 2026-05-19
  FunAudioLLM/CosyVoice ace7c47f 2026-03-16
  GoogleCloudPlatform/mlops-with-vertex-ai 11a2f341 2022-08-31
  GoogleCloudPlatform/vertex-ai-samples cc0d791e 2026-08-19
  HSE-Courseworks/MLOps_pipeline 4b1a4de0 2024-06-16
  HabanaAI/Setup_and_Install b626de8a 2025-09-09
  HumanSignal/label-studio-ml-backend d02cedf3 2026-08-20
  HwangChulHee/sepsis-mlops f727126a 2026-07-02
  IDEA-Research/GroundingDINO 856dde20 2024-08-12
  InternLM/lmdeploy 1263d5cd 2026-08-21
  JoeGaffney/deferred-diffusion 76fd8dc7 2026-01-26
  Kaggle/docker-python 78aaa43f 2026-08-12
  KiaraGrouwstra/sent_infer fe9b53e7 2019-04-23
  Kingsley-Cyber/Polymath-RAG 43209aaa 2026-08-20
  L-F-Z/TaskC_Demos 2fe9f361 2025-07-10
  LAION-AI/Open-Assistant f1e6ed95 2024-01-06
  LibreYOLO/libreyolo c41461e6 2026-06-12
  Lightning-AI/pytorch-lightning 7f0c3436 2026-07-20
  MLOpsGroup9/FrontShiftAI f0f36add 2025-12-11
  Mintplex-Labs/anything-llm 72aabbd1 2026-08-21
  NVIDIA-AI-Blueprints/rag 329875af 2026-06-05
  NVIDIA-ISAAC-ROS/isaac_ros_common d7164701 2026-04-30
  NVIDIA-Merlin/Merlin 2770de35 2024-07-22
  NVIDIA/DeepLearningExamples 729963dd 2024-04-04
  NVIDIA/GenerativeAIExamples 401cb446 2026-03-30
  NVIDIA/JAX-Toolbox bcbbfa57 2026-07-24
  NVIDIA/NVFlare f3b7c1bf 2026-08-21
  NVIDIA/k8s-device-plugin 1b826acc 2026-08-19
  NVIDIA/nv-ingest 2b3488c6 2026-03-13
  NVlabs/FoundationPose bf251834 2025-02-04
  NVlabs/stylegan3 c233a919 2023-04-26
  Natsu-eng/ApplicationMLOps 6af04c84 2025-12-18
  NguyenPhamCode4You/ai-home-lab-docker-compose 5d0225ae 2026-05-14
  OpenBMB/XAgent 95893d56 2023-12-31
  OpenRLHF/OpenRLHF 3c3be623 2026-08-13
  PaddlePaddle/Serving b0af55d0 2024-02-06
  Physical-Intelligence/openpi 15a9616a 2026-06-16
  PrefectHQ/prefect ce79dd3d 2026-08-21
  Project-MONAI/MONAILabel 058ddfc4 2025-12-23
  PromtEngineer/localGPT 34f3107f 2026-08-20
  QuentinFuxa/WhisperLiveKit ed571b69 2026-08-16
  ROCm/ROCm-docker c0dbf1d2 2025-12-01
  RVC-Boss/GPT-SoVITS 48b1a016 2026-08-18
  RickyMartin-dev/ML-Deploy-Skeleton-Sagemaker-API da490953 2025-08-20
  RosettaCommons/RFdiffusion 86507b65 2026-07-15
  SDBurt/mlops-mentorship-project 6a31de0e 2026-01-04
  SL14-SL/mlops-sales-forecasting 4e9bc4fb 2026-08-20
  SWivid/F5-TTS 2ae2c9bd 2026-05-18
  SYSTRAN/faster-whisper 65882eee 2025-10-31
  SalisMaxima/ct_scan_mlops 1447b84d 2026-02-07
  SamD/selfhosted-rag-doc-chat-prototype cbe37ab2 2026-06-19
  SciPhi-AI/R2R 9c5a94d1 2025-11-06
  SeikoP/tiki-data-pipeline 14c71f63 2026-01-29
  SeldonIO/MLServer a325e523 2025-12-18
  SeldonIO/seldon-core 7b77f8b7 2026-01-08
  ShalinVachheta017/MasterArbeit_MLops dcdf2f02 2026-03-06
  ShishirPatil/gorilla 6ea57973 2026-03-23
  SkafteNicki/dtu_mlops 9c805726 2026-01-19
  Sunwood-ai-labs/faster-whisper 660f5847 2024-03-14
  TransformerOptimus/SuperAGI c3c1982e 2025-01-22
  Unstructured-IO/unstructured-api d57d7092 2026-04-03
  VoltaML/voltaML-fast-stable-diffusion 1aea33bb 2023-12-31
  YanWenKun/ComfyUI-Docker 987122a3 2026-07-23
  Zyphra/Zonos bc40d98e 2025-03-05
  abetlen/llama-cpp-python 3691546f 2026-08-17
  ahmetoner/whisper-asr-webservice ea12224e 2025-07-02
  ahrazkk/ProjectAegis-Clinical-MLOps-Platform 657a6231 2026-01-27
  ai-dock/comfyui 199ee29c 2024-11-04
  aigc-apps/PAI-RAG fd31306e 2024-12-18
  alphacep/vosk-server c2e82f02 2025-05-25
  ameerazam0/ExamFace e72c98ff 2021-01-31
  amirhallaji/StructureFree-DTA 6c40766f 2026-02-11
  anegash/sd3-docker-2 9bfd5a2f 2025-03-18
  ansod/ros2-jazzy-cuda-yolo da11b058 2025-04-02
  apassuello/technical-rag-system 81214fbb 2026-02-25
  aphrodite-engine/aphrodite-engine b42eeec2 2026-04-28
  aqlaboratory/openfold ce0029e1 2025-09-15
  autogluon/autogluon f34ebb4f 2026-08-21
  aws-samples/aws-do-eks f721602f 2026-08-22
  aws/amazon-sagemaker-examples 2d519b52 2025-02-13
  aws/deep-learning-containers e0ecedea 2026-08-21
  aws/sagemaker-distribution aa8a7fb0 2026-08-19
  aws/sagemaker-pytorch-inference-toolkit cc8bf99c 2024-10-07
  awslabs/stable-diffusion-aws-extension 969a192c 2024-07-30
  axolotl-ai-cloud/axolotl 067b021c 2026-07-24
  b-data/jupyterlab-python-docker-stack 3eff7838 2026-06-26
  beneweiler1/AITesting 5de0abd3 2025-10-14
  bentoml/BentoML 32230a52 2026-04-30
  blakeblackshear/frigate e3fa7018 2026-07-23
  bmaltais/kohya_ss 45088f04 2026-07-10
  bridge25/dt-rag 7c9911f1 2025-12-05
  browser-use/web-ui 7eb62d4d 2025-08-31
  buymeagoat/whisper-transcriber 5a2ece32 2025-11-14
  bytedance/deer-flow f1f4af99 2026-08-22
  chatchat-space/Langchain-Chatchat 49165d6a 2025-11-10
  chidiwilliams/buzz 07373684 2026-08-08
  chineidu/MLOps_Tutorials fded5ba1 2026-08-08
  chroma-core/chroma 93652ec0 2026-08-22
  clearml/clearml-serving c0ee96e1 2026-03-12
  cohere-ai/cohere-toolkit fdd4371e 2025-03-14
  coleam00/local-ai-packaged d9a826f8 2026-02-01
  collabora/WhisperLive bde730b8 2026-08-04
  colmap/colmap 5d968cf3 2026-08-08
  combust/mleap 88de54dd 2026-07-21
  containers/ai-lab-recipes 25fca348 2025-07-31
  coqui-ai/TTS dbf1a08a 2024-02-10
  dask/dask-docker 2b07a681 2026-07-14
  data-fablab/iqa-mlops b1ec28f3 2026-06-28
  ddomin212/movies 75c7a128 2023-06-13
  deepfakes/faceswap acdcfa87 2026-06-24
  deepmind/alphafold 22fc0eea 2022-07-28
  deepset-ai/haystack c7cb46c0 2026-08-21
  determined-ai/determined c1e9c6d7 2025-03-20
  devcontainers/images bed3eb26 2026-07-01
  dhanyamd/mlops 5bfe2adf 2026-08-21
  doccano/doccano ab6b765e 2026-01-17
  docling-project/docling-serve 615f089a 2026-08-20
  dpalacioj/MLOps-Course 8b5cde1e 2026-04-12
  dptech-corp/Uni-GBSA e2b61b3c 2024-11-06
  dstackai/dstack 511c318c 2026-08-21
  dusty-nv/jetson-containers dd206bfe 2026-05-30
  emujicad/my-selfhosted-ai-kit 2097a04f 2026-01-28
  evidentlyai/evidently a4aa4c2b 2026-05-02
  facebookresearch/detectron2 02b5c4e2 2026-06-06
  facebookresearch/habitat-lab 0fb6f43f 2026-05-07
  facebookresearch/xformers ca6d2aa0 2026-04-21
  facefusion/facefusion-docker fc83a2c8 2025-12-18
  fastai/docker-containers 4f5a6e33 2022-04-23
  fedirz/faster-whisper-server 2ea974d7 2025-02-27
  fishaudio/fish-speech 3dd1f85c 2026-04-07
  floydhub/dockerfiles dc896f04 2021-04-07
  fraven01/NOESIS-2 a88702e1 2026-01-26
  geekan/MetaGPT ba286897 2025-05-16
  ggml-org/whisper.cpp 233fe1fc 2026-08-22
  gke-ai-mi/llama2-inference d50e9c00 2023-11-08
  google-deepmind/alphafold3 c0f97eda 2026-08-19
  google/maxtext e64f6813 2024-10-10
  gorse-io/gorse 5404aefa 2026-08-22
  graviraja/MLOps-Basics 558adce8 2024-09-23
  h2oai/h2ogpt a0ad1920 2025-03-17
  hazard-yyp/data_recording 7e0dd1ec 2024-12-09
  hhanoo/ros2_ur 5f09d516 2025-04-10
  hieulenho/yolo26m_BoTSORT-reID_Qwenvl4B-Locate-Anything3B 67131352 2026-08-03
  hiyouga/LLaMA-Factory ff6d4d12 2026-08-18
  hntoan8x-hub/mlops_computer_vision_factory 1347365a 2025-11-13
  hongsjj/prefect-tutorial 855354bf 2023-06-16
  hpcaitech/Open-Sora 7ad6a96a 2026-04-09
  huggingface/Google-Cloud-Containers 8d6aa78b 2026-05-06
  huggingface/accelerate 16cb6eb8 2026-07-24
  huggingface/api-inference-community 2fd0029c 2026-04-08
  huggingface/dataset-viewer f62009e0 2026-08-20
  huggingface/diffusers 58eb52c0 2026-08-23
  huggingface/lerobot 7427f318 2026-08-23
  huggingface/optimum 83c88b8f 2026-05-29
  huggingface/text-embeddings-inference 0d124dc9 2026-07-24
  huuhieu56/Crypto-Data-Pipeline ac05c842 2026-06-14
  iRahulPandey/API_tutorial 478e8187 2022-02-03
  index-tts/index-tts ee40fa7d 2026-08-18
  instructlab/instructlab 2d734099 2025-07-03
  intel-analytics/ipex-llm 69edc8b6 2025-03-04
  intel/ai-containers 2fe0df99 2026-02-10
  intel/llm-scaler 8d66bf9e 2026-08-06
  intersystems-community/iris-vector-rag f295d9e3 2026-07-25
  invoke-ai/InvokeAI 8e71a8a5 2026-08-19
  iot-salzburg/gpu-jupyter 20efdb2e 2026-01-09
  itsmekhoathekid/RecSys-MLops a7ce4e4e 2026-08-23
  iusztinpaul/hands-on-llms 00837342 2024-12-09
  jasonppy/VoiceCraft a702dfd2 2025-03-15
  jeromelegal/AVR25_Rakuten_MLOps 5093da7c 2025-10-05
  jhj0517/Whisper-WebUI c3bb3b18 2025-12-29
  joaogabrieljs/document-layout-analysis-app 056d0002 2021-04-19
  jomanor/weather-prediction-mlops 2d559912 2026-06-29
  jommar/local-ai da983866 2025-06-24
  jpdacostaza/ai-rag-test 37413c54 2025-07-02
  juyeongkim/geodock d04f3c58 2024-01-04
  jwohlwend/boltz 832486da 2025-09-01
  jzmnd/mlflow-vm 002bd54b 2024-01-20
  k2-fsa/sherpa-onnx 634265c9 2026-08-08
  kamalkraj/stable-diffusion-tritonserver 0d768a8b 2022-12-19
  khoj-ai/khoj ae229ca8 2026-08-01
  kubeflow/examples 4a9165b7 2024-01-17
  kubeflow/katib 33c8ff4e 2026-06-22
  kubeflow/pipelines 7b70c7b9 2026-08-21
  kubeflow/trainer 8c0f5059 2026-08-21
  kubeflow/training-operator a55f03a8 2025-02-24
  kurtvalcorza/mlops-lite 7e960050 2026-08-17
  langchain-ai/opengpts 8e7fef72 2025-06-26
  letta-ai/letta 87fd37aa 2026-08-15
  linto-ai/linto-stt 8231c958 2025-07-07
  lirt1231/docker-torch-cuda-jupyter 2571f228 2022-11-11
  llm-d/llm-d f458af2e 2025-06-12
  lm-sys/FastChat 0e6d3e4b 2025-04-12
  loiter74/Anima-LLM-Vtuber 272c0207 2026-03-05
  m-bain/whisperX 2cfd7b7c 2026-07-13
  mage-ai/mage-ai 5640c790 2026-08-13
  maods2/designing-mlops-framework 81645cef 2026-03-02
  marqo-ai/marqo 58efc243 2024-10-25
  martin-sicho/genui 992b72af 2022-09-26
  matatonic/openedai-speech 31f03359 2025-02-02
  matthannigan/fastapi-streamlit-llm-starter f5b04c0b 2025-10-24
  mem0ai/mem0 8d5b7865 2026-08-22
  micmelesse/DAIN 05685d8e 2020-04-18
  microsoft/DeepSpeed 38327e07 2025-02-21
  microsoft/archai 6bb8ba38 2023-09-15
  microsoft/nni 767ed7f2 2023-10-26
  mindsdb/mindsdb 37ccd07f 2026-04-30
  mingmingqiu/sagemaker-ml-preprocessing-training-testing e702a5f8 2025-12-18
  minivess-mlops/minivess-mlops e3eb123d 2026-03-30
  ml-tooling/ml-workspace 024c4053 2023-11-14
  modelscope/FunASR 3c58cb56 2026-08-21
  moeedfaiz/Multi-PDF-RAG-Agent-Chatbot 4d88fa70 2026-02-23
  mosaicml/composer 64051888 2026-04-29
  mudler/LocalAI 82c191af 2026-08-22
  nerfstudio-project/nerfstudio 50e0e3c7 2025-07-28
  netease-youdao/QAnything 974f9337 2024-09-27
  nvidia-holoscan/holohub 00a70dbe 2026-08-20
  ollama/ollama fb307609 2026-08-21
  onyx-dot-app/onyx a7d66a8b 2026-08-22
  oobabooga/text-generation-webui 1dcde41d 2026-05-03
  opea-project/Enterprise-RAG 367581e2 2026-03-19
  open-mmlab/mmdeploy 3f8604bd 2024-09-30
  open-mmlab/mmyolo 8c4d9dc5 2023-08-15
  open-webui/pipelines 26b8f20b 2025-07-09
  opendatahub-io/notebooks 378d4998 2026-08-21
  opendatalab/MinerU 79d6d8d7 2026-07-10
  openvinotoolkit/docker_ci ced9487b 2025-11-26
  openvla/openvla c8f03f48 2025-03-23
  org1086/faster_whisper_live 205263c0 2023-08-14
  osrf/docker_images 368c7cde 2026-07-17
  oumi-ai/oumi d8ed0777 2026-08-21
  pangeo-data/pangeo-docker-images 2f5532bd 2026-01-31
  puckel/docker-airflow bed77797 2020-02-11
  pyg-team/pytorch_geometric 5c6461b2 2026-08-17
  pytorch/builder f4cfb706 2025-08-12
  pytorch/serve 62c4d6a1 2025-03-17
  qdrant/qdrant 74f3e85b 2026-08-04
  quangzp/pix2pix-mlops 2020d149 2025-12-30
  rafiimegatama/notarist-rag-project 97f022e0 2026-07-18
  raj-iup/cp-whisperx-app 38da8fe8 2025-12-10
  raphaelauv/mlflow_docker-compose 419a2df1 2024-06-21
  rapidsai/docker ddc94029 2026-07-16
  rasbt/LLMs-from-scratch 28c65cdf 2026-04-16
  real-stanford/diffusion_policy 5ba07ac6 2024-12-24
  recommenders-team/recommenders b02c95e2 2025-09-29
  remsky/Kokoro-FastAPI 26eec068 2026-08-17
  replicate/cog 6110c912 2026-08-21
  resemble-ai/chatterbox 5de7a54a 2026-07-21
  rhasspy/piper 73c04d81 2025-08-26
  rmusbuss/AAA-ML-Blur-Project d7a6948a 2024-07-14
  roboflow/inference 3bb973b5 2026-08-21
  rocker-org/rocker-versioned2 69cded5d 2026-06-30
  rocklambros/mlops-toxic-moderation cc61a26c 2026-08-12
  run-llama/sec-insights a9b6da0f 2025-03-12
  runpod-workers/worker-vllm 7a925039 2026-08-20
  runpod/containers 6990d377 2026-07-29
  sachinsshetty/warehouse f04f627f 2024-07-31
  sagar431/Auto-mlops 196e891c 2026-07-15
  schalappe/Mask-Detector 30e39d81 2021-05-08
  sclorg/s2i-python-container e007f85c 2026-06-17
  serengil/deepface 243209fd 2026-06-29
  shleemars/tensorflow-jupyterlab 8a643d6c 2021-08-31
  sokrypton/ColabFold 3b808f0f 2026-07-24
  souluk319/ocp-rag-chatbot 3ddab6f8 2026-04-21
  speaches-ai/speaches 870e1e16 2026-03-26
  stanford-crfm/helm 63754d05 2026-06-05
  stereolabs/zed-ros2-wrapper 33dfefa0 2026-07-29
  swiss-ai-center/a-guide-to-mlops c13c891c 2026-07-31
  takenking9879/Kubernetes-MLOPS-platform 87c26c26 2026-01-28
  talorlik/docker-compose-ai-gateway b1affa4c 2026-03-24
  tensorflow/tfx 58435d68 2026-06-25
  theroyallab/tabbyAPI e632af41 2026-08-13
  tier4/Diffusion-Planner 8314659a 2026-07-01
  togethercomputer/stripedhyena 7e13f618 2024-03-07
  triton-inference-server/fil_backend d71f8ef1 2026-06-12
  triton-inference-server/python_backend f9088ff6 2026-07-17
  triton-inference-server/tensorrtllm_backend 0b9d7d5a 2026-07-14
  triton-inference-server/tutorials e8489525 2026-07-22
  truefoundry/cognita 8bcaae79 2026-03-13
  turboderp-org/exllamav2 da07facd 2025-12-09
  ufoym/deepo eeb36f9c 2026-03-25
  unit8co/darts 2be8e43f 2026-08-21
  ut-amrl/tacc-tutorial 677b485a 2025-03-28
  vespa-engine/sample-apps 529d5240 2026-08-20
  visionarc-chemnitz/v-arc-backend 673f765e 2025-02-07
  vllm-project/llm-compressor ab1ba3ef 2026-08-22
  vllm-project/production-stack a6c01db0 2026-08-05
  vllm-project/semantic-router 3d48f8c9 2026-08-22
  vllm-project/vllm-omni be81443c 2025-12-28
  volcengine/verl b178a3cd 2026-01-29
  vwxyzjn/cleanrl fe8d8a03 2026-04-20
  wenet-e2e/wenet 01546996 2025-12-19
  whisperengine-ai/whisperengine-v2 a974aaa5 2025-12-23
  xenos18/ppe_detection 8d52d107 2024-05-25
  xorbitsai/inference 7ecec16b 2026-08-23
  zylon-ai/private-gpt ab89a0d6 2026-08-21
`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(' '))
  .map(([name = '', commit = '', day = '']) => [name, commit, day]);

/** What became of reading the errors and warnings of a rule there, in their files: how many were read, and how many of these some mean so. */
export interface Read {
  readonly read: number;
  /** True as it is said, though whoever wrote it may want it so. */
  readonly meant: number;
  /** Wrong when they were read: the rule has been mended since. */
  readonly mended?: number;
  readonly why: string;
}

export const read: Readonly<Record<string, Read>> = {
  'distro-eol': {
    read: 161,
    meant: 2,
    mended: 12,
    why: 'The release has ended, by its publisher’s calendar; two images of vendors who go on mending them.',
  },
  'latest-tag': {
    read: 193,
    meant: 20,
    mended: 97,
    why: 'No version anywhere, in the image that is shipped; some are images of the project’s own.',
  },
  'python-eol': { read: 100, meant: 0, mended: 4, why: 'The release has ended, by its publisher’s calendar.' },
  'pip-cache-kept': { read: 88, meant: 0, mended: 3, why: 'Wheels of gigabytes stay in the image beside what they installed.' },
  'apt-update-separate': { read: 64, meant: 3, mended: 3, why: 'Lists of a cached layer; a few only refresh what a base image left.' },
  'copy-all-before-install': {
    read: 49,
    meant: 11,
    mended: 1,
    why: 'Requirements are installed after the code is copied; where the project itself is built, not all of it can be helped.',
  },
  syntax: {
    read: 72,
    meant: 5,
    mended: 39,
    why: 'No build or Compose takes the file: empty files, words that were never replaced, fragments that are put together later.',
  },
  'sklearn-package': { read: 35, meant: 0, mended: 1, why: 'pip refuses the alias.' },
  'pip-unquoted-specifier': { read: 42, meant: 0, why: 'The bound is a redirection.' },
  'empty-continuation-line': { read: 36, meant: 0, why: 'BuildKit warns of the same lines.' },
  'minio-dockerhub': { read: 22, meant: 0, why: 'The image is no longer on Docker Hub.' },
  'data-not-persistent': { read: 77, meant: 39, mended: 14, why: 'A store without a volume; tutorials and workshops may not miss it.' },
  'run-without-effect': { read: 27, meant: 0, mended: 6, why: 'A RUN that only changes a folder or sets a variable.' },
  'multiple-cmd': { read: 7, meant: 0, why: 'Two CMDs in a stage.' },
  'cache-mount-defeated': { read: 23, meant: 0, mended: 2, why: 'A cache mount, and an installer told to keep no cache.' },
  'build-arg-unknown': { read: 23, meant: 0, why: 'An argument that no Dockerfile declares.' },
  'apt-no-y': { read: 26, meant: 8, mended: 7, why: 'No -y; apt does not ask where a package brings no other one.' },
  'floating-minor': { read: 17, meant: 4, why: 'python:3; where a project follows the newest, this is meant.' },
  'nvidia-docker-legacy': { read: 15, meant: 0, why: 'Keys and packages that were withdrawn.' },
  'arg-before-from-scope': {
    read: 21,
    meant: 7,
    mended: 4,
    why: 'Empty in the stage; six stand in templates, or behind a stage that a variable names.',
  },
  'pickle-version-drift': { read: 13, meant: 0, why: 'A model saved with another version than the one that is pinned beside it.' },
  'tls-verification-off': { read: 29, meant: 2, why: 'curl -k, wget --no-check-certificate, pip --trusted-host.' },
  'conda-clean-missing': { read: 22, meant: 2, mended: 8, why: 'conda’s downloads stay in the layer; small where only pip is installed.' },
  'jupyter-no-token': { read: 12, meant: 5, why: 'An empty token; images for Kubeflow stand behind its login.' },
  'secret-in-env-arg': {
    read: 58,
    meant: 5,
    mended: 27,
    why: 'Keys and passwords in ENV, also from build arguments; some are the defaults of a test, one may be the path of a key. Words that stand for one and stages that only give files are left out now.',
  },
  'no-dockerignore': {
    read: 12,
    meant: 3,
    mended: 3,
    why: 'Data or .env go into the image; three data folders hold the project’s settings.',
  },
  'pip-install-at-start': { read: 11, meant: 2, why: 'pip runs at each start; two are files for development.' },
  'build-dockerfile-missing': { read: 15, meant: 0, mended: 6, why: 'There is no such Dockerfile.' },
  'undefined-variable': { read: 16, meant: 2, mended: 5, why: 'An ARG before FROM, used in a stage.' },
  'placeholder-left': { read: 13, meant: 12, mended: 1, why: 'Samples whose CMD shows what to fill in.' },
  'cuda-tag-deleted': { read: 18, meant: 0, why: 'The image is gone.' },
  'compose-reference': { read: 12, meant: 0, why: 'A folder without ./ is read as a volume: Compose refuses it.' },
  'compose-conflict': { read: 4, meant: 0, why: 'A folder that is a volume and a tmpfs: Compose refuses it.' },
  'credentials-copied': { read: 7, meant: 1, mended: 2, why: '.aws and .env are in the context.' },
  'bind-file-missing': { read: 12, meant: 1, mended: 4, why: 'The file is not there; a test writes one of them.' },
  'no-workdir': { read: 5, meant: 0, why: 'A project copied into /.' },
  'package-signature-off': { read: 17, meant: 0, mended: 11, why: 'Packages that nobody has signed.' },
  'port-collision': { read: 26, meant: 3, mended: 16, why: 'One port for two services; three are started one at a time.' },
  'healthcheck-tool-missing': { read: 17, meant: 0, why: 'curl in an image that has none.' },
  'env-var-undefined': { read: 10, meant: 1, mended: 4, why: 'A variable that .env leaves out.' },
  'apt-renamed': { read: 6, meant: 0, why: 'The package has another name in Debian 13, and the build stops.' },
  'dvc-pull-in-build': { read: 4, meant: 4, why: 'A course bakes its model in.' },
  'model-copied-and-mounted': { read: 3, meant: 0, why: 'What is copied is hidden by a mount.' },
  'airflow-old-env': { read: 3, meant: 0, why: 'A name that Airflow no longer reads.' },
  'framework-image-reinstall': { read: 7, meant: 0, why: 'torch in the image, and another one over it.' },
  'torch-companion-mismatch': { read: 14, meant: 0, mended: 2, why: 'Pins that cannot be installed together.' },
  'env-self-reference': { read: 10, meant: 0, mended: 3, why: 'A variable used in the ENV that sets it.' },
  'depends-on-without-condition': { read: 27, meant: 3, mended: 24, why: 'Tests that may start twice.' },
  'cuda-tag-invalid': { read: 3, meant: 1, why: 'No such tag; one is replaced by a build argument.' },
  'apt-lib-missing': { read: 2, meant: 0, why: 'A library that the slim image lacks.' },
  'entry-file-missing': { read: 5, meant: 1, mended: 3, why: 'No COPY brings the file; one is mounted.' },
  'cache-mount-wrong-home': { read: 3, meant: 0, why: 'The cache of another user.' },
  'ort-both': { read: 4, meant: 1, mended: 2, why: 'Both onnxruntimes, one of them in an extra.' },
  'compose-env-file': {
    read: 37,
    meant: 0,
    mended: 37,
    why: 'Env files that whoever starts the project writes: a remark now where a guide or .gitignore is there.',
  },
  'compose-required-variable': { read: 35, meant: 0, mended: 35, why: 'Variables that whoever starts the project sets: likewise.' },
  'compose-mount': { read: 30, meant: 0, mended: 30, why: 'Mounts whose variables are not set yet: likewise.' },
  'compose-port': { read: 6, meant: 0, mended: 6, why: 'Ports whose variables are not set yet: likewise.' },
  'compose-no-image': { read: 3, meant: 0, mended: 3, why: 'Images whose variables are not set yet: likewise.' },
  'wheel-does-not-fit': { read: 14, meant: 0, mended: 14, why: 'Wheels by address for other systems: their marker is read now.' },
  'compose-extends': { read: 8, meant: 0, mended: 8, why: 'Paths from the folder that Compose is started in.' },
  'pip-vs-python': { read: 7, meant: 0, mended: 7, why: 'Python 2 was called python.' },
  'dockerignore-excludes-needed': { read: 6, meant: 0, mended: 5, why: 'The .dockerignore of another context.' },
  'torch-cuda-tag-unavailable': { read: 5, meant: 0, mended: 5, why: 'Wheels for cu129 that no matrix lists.' },
  'index-url-with-requirements': {
    read: 3,
    meant: 0,
    mended: 3,
    why: 'The value of an option taken for a package, and an index in pip’s own settings.',
  },
  'build-context-missing': { read: 3, meant: 0, mended: 2, why: 'An image that can be pulled stands beside it.' },
  'jax-without-cuda': {
    read: 2,
    meant: 0,
    mended: 2,
    why: 'jaxlib with CUDA from the page of links; an extra that the image does not ask for.',
  },
  'requires-python-mismatch': { read: 1, meant: 0, mended: 1, why: 'uv brings the Python that a project asks for.' },
  'tzdata-hang': { read: 1, meant: 0, mended: 1, why: 'BuildKit gives a build no input, and it goes on: a remark now.' },
  'apt-lists-missing': {
    read: 10,
    meant: 7,
    mended: 2,
    why: 'An installation behind the RUN that removed the lists; the others are files that scanners are tried with.',
  },
  'python-missing': { read: 2, meant: 0, why: 'pip in ubuntu:18.04, with nothing before it.' },
  'numpy-2-incompatible': {
    read: 6,
    meant: 0,
    mended: 1,
    why: 'NumPy 2 pinned beside torch 2.0 and TensorFlow 2.17; a Pipfile.lock has NumPy 1, and is asked now.',
  },
  'service-variable-required': {
    read: 2,
    meant: 1,
    mended: 1,
    why: 'A MySQL that a test only parses; a job on the image of SQL Server that runs another program.',
  },
  'unknown-host-in-url': { read: 1, meant: 0, why: 'A host that no service of the file has.' },
  'pip-credentials-url': {
    read: 2,
    meant: 0,
    mended: 2,
    why: 'A database on this machine or in the Compose file, with a password that stands for one.',
  },
  'flash-attn-needs': {
    read: 3,
    meant: 0,
    mended: 1,
    why: 'Torch and wheel are there, and pip before 25.3 builds without isolation: a warning now.',
  },
  'bind-localhost': {
    read: 3,
    meant: 0,
    mended: 3,
    why: 'The image for notebooks has settings of its own; a class of the script hands on where Gradio listens.',
  },
  privileged: { read: 4, meant: 2, why: 'A demo with a GPU.' },
  'python-pip-mismatch': { read: 4, meant: 0, why: 'pip of the system’s Python, and another Python beside it that is meant.' },
  'hash-missing': { read: 9, meant: 0, mended: 4, why: 'uv wrote the file, and uv reads it.' },
  'uv-sync-in-one-layer': { read: 1, meant: 0, mended: 1, why: 'The stage below has the packages.' },
  'legacy-key-value': { read: 21, meant: 0, why: 'A blank before «=»: the label’s value is «= "2.0"».' },
  'no-command-substitution': { read: 8, meant: 0, why: 'ARG MAX_JOBS="$(nproc)": the variable holds these characters.' },
  'command-missing': { read: 2, meant: 0, why: 'git clone in ubuntu:18.04, with nothing before it.' },
  'instruction-in-run': { read: 2, meant: 0, why: 'A line that ends with «\\» takes the next instruction along.' },
  'env-dollar': { read: 1, meant: 0, why: '$i of a loop, which Compose empties.' },
  'requirements-copied-unused': { read: 1, meant: 0, why: 'Copied, and the packages are installed one by one.' },
  'env-yml-export': { read: 1, meant: 0, why: 'Builds for Windows.' },
  'tilde-not-home': { read: 1, meant: 0, why: 'PATH="~/.local/bin:…".' },
  'command-without-shell': { read: 1, meant: 0, why: 'migrations up && finish, of which only the first runs.' },
  'cuda-visible-devices-index': { read: 1, meant: 0, why: 'GPU 2 in a container with one GPU.' },
  'scale-fixed-port': { read: 1, meant: 0, mended: 1, why: 'A file for a swarm, whose mesh gives every replica the port.' },
  'compose-unknown-key': { read: 1, meant: 0, why: 'cap-add for cap_add.' },
  'json-form-broken': { read: 3, meant: 0, why: 'A comma is missing; «|| exit 1» stands behind a list.' },
  'login-in-build': { read: 2, meant: 0, why: 'huggingface-cli login with a token that stays in the layer.' },
  'jupyter-dockerhub': { read: 2, meant: 1, why: 'A test of how such images are built upon.' },
  'no-duplicate-container-names': { read: 1, meant: 0, why: 'Two databases called postgres.' },
  'host-port-between-services': {
    read: 1,
    meant: 1,
    why: 'A mapping to a port that Trino does not listen on: the address is right, and the mapping is not.',
  },
  'shm-missing': { read: 2, meant: 0, mended: 2, why: 'ComfyUI: what is only likely of a program is a remark now.' },
  'conda-env-not-activated': { read: 1, meant: 0, mended: 1, why: 'conda’s own script for it sets the shell up.' },
  'rocm-devices-missing': { read: 1, meant: 0, mended: 1, why: 'The GPU is reserved from a driver.' },
  'apt-archived': {
    read: 20,
    meant: 14,
    why: 'Debian 9 and 10, Ubuntu 23.04: the packages have moved; fourteen are kept for old releases of ROS.',
  },
  'uv-pip-no-environment': {
    read: 3,
    meant: 0,
    mended: 2,
    why: 'uv pip install without --system; where nothing brings uv, another base image is meant, and that is left alone now.',
  },
  'ctranslate2-cuda': { read: 1, meant: 0, why: 'faster-whisper on cuDNN 8.' },
  'port-mismatch': { read: 1, meant: 0, why: 'gunicorn is started on 8080, and 8000 is published.' },
  'torch-python-unsupported': { read: 4, meant: 0, why: 'torch 2.13 in an image with Python 3.8.' },
  'exec-form-no-shell': { read: 3, meant: 0, why: '$PORT in a list, and two words as one.' },
  'find-links-torch-mismatch': { read: 1, meant: 0, why: 'Wheels for torch 2.0 beside another one.' },
  'mlflow-allowed-hosts': { read: 1, meant: 0, why: 'Clients are answered 403.' },
  'prometheus-target-localhost': { read: 1, meant: 0, why: 'Prometheus asks itself.' },
};
