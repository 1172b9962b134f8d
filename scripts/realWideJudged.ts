/** Repositories that were looked at by rule and not one by one: name, commit and its day. */
export const repositories: readonly (readonly [name: string, commit: string, day: string])[] = `
  00Dvs00/rag-security-framework 6db9a7c6 2026-08-15
  01000100GT/maestro 370b8f41 2025-08-18
  02loveslollipop/furina-ai 39d9218c 2024-05-05
  0Xuser100/Production-Ready-RAG-Application 9f8ea4f1 2025-08-31
  0x0000dead/whales-identification 60d51882 2026-04-18
  1Panel-dev/MaxKB 121614fb 2025-09-05
  2imi9/OpenEnergy-Engine 5ca035d0 2026-03-05
  3lasgit/esilv-m2-mlops 5659a592 2026-03-15
  3spky5u-oss/ARCA 84f9dfde 2026-02-14
  4-en/dynamic_memory_agent 2678df8e 2026-02-27
  7ahir/npc-dialogue-engine 9fdd746d 2026-05-20
  AI4Code-HUST/VulGuard 22737981 2025-06-09
  AKILANG-EKWALI/asr-fine-tuning d99db185 2026-08-20
  AMRIZH/BrightStart e7dd789c 2026-01-18
  ANRlm/Mock-Interview 79e1be52 2026-04-28
  AaryanJ45/MSML605_Final_Project 5a1e450d 2026-04-27
  AbdBarho/stable-diffusion-webui-docker 802d0bcd 2024-06-23
  AbdennasserBentaleb/HireOps 8434b5e0 2026-03-20
  AbdulMomen2/vllm-lgtm-ops 1aebecc2 2026-05-19
  Abhijithreddydasari/FrameMind f4843c25 2026-01-18
  AdguardTeam/AdGuardHome 75e43ab5 2026-08-21
  AlAssi69/meeting_summary 8638dee4 2026-07-01
  Alaeddin-B/german-energy-price-forecasting-mlops a540c0de 2025-10-09
  AlexPi44/ml-pipeline-deployment 20bce32f 2025-09-29
  AlexeyAB/darknet 59596d78 2025-12-15
  All-Hands-AI/OpenHands 156d0686 2025-11-28
  AndreiAlexandru25/ImageTrust1 92f0b932 2026-03-30
  AnkitB47/AutonoMind 682357e7 2025-07-08
  AnkitaMungalpara/Dockerized-training-evaluation-inference-with-PyTorch ea0a9979 2024-09-25
  AnkitaMungalpara/DogBreed_Classification_pyTorch_Lightning_Hydra_Integration b8b329c1 2024-10-27
  Anntonios1/SD 302e41cc 2025-11-12
  AntonSHBK/speech_to_text_service 15d5fc19 2026-02-02
  Antonyevan/ree-generation-forecast 57209263 2026-08-08
  Arize-ai/phoenix 9478f954 2026-08-21
  AutoGPTQ/AutoGPTQ 9f7d3707 2025-04-11
  AxeRaoRt/housing_mlops_projects f948e659 2026-02-19
  AymanBerri/titanic-mlops d26ce422 2026-03-14
  Azure/MachineLearningNotebooks f1aff553 2025-03-14
  Azure/azureml-assets 4b41f8cc 2026-07-23
  Azure/azureml-examples 085cd6ea 2026-07-31
  C-HernanG/exolife d845ab6a 2025-08-27
  ChinSekYi/mlops-fyp f7652602 2025-10-28
  CompVis/stable-diffusion 21f890f9 2022-11-16
  ContinuumIO/docker-images dc64b234 2024-07-02
  DBCDK/chatterbox-tts-api 59d1f579 2026-04-20
  DLR-RM/rl-baselines3-zoo 22e3ff24 2026-04-23
  DataScientest-Studio/mar24cmlops_rakuten 2876c59b 2024-07-17
  DataTalksClub/data-engineering-zoomcamp 5cd686a1 2026-06-10
  DataTalksClub/llm-zoomcamp c85fa440 2026-07-20
  DataTalksClub/machine-learning-zoomcamp f9f04380 2026-06-25
  Diogomes/hunyuan3d 58c986b8 2026-06-29
  EPFLiGHT/MMIRAGE 8461729b 2026-01-29
  EleutherAI/gpt-neox ea7aefd8 2026-05-19
  ElijahKamski/ASR_Wav2vec_RU_Pipeline ea7175e9 2022-10-05
  Farama-Foundation/Gymnasium 3f0476a8 2026-08-19
  Gene-Weaver/LeafMachine2 751a9d3c 2026-01-29
  GokuMohandas/Made-With-ML 66e8e437 2023-12-07
  GoogleCloudPlatform/vertex-ai-samples cc0d791e 2026-08-19
  GoogleContainerTools/distroless cd080764 2026-08-21
  Grand-Siecle/PyHellen ef410f7e 2026-03-12
  HabanaAI/Setup_and_Install b626de8a 2025-09-09
  Haidra-Org/AI-Horde fbd5ed46 2026-08-06
  HarshdeepAthawale/Transformer-based-end-to-end-Web-Application-Firewall-WAF-pipeline f250bc26 2026-04-16
  HumanSignal/label-studio-ml-backend d02cedf3 2026-08-20
  IDEA-Research/GroundingDINO 856dde20 2024-08-12
  InternLM/lmdeploy 1263d5cd 2026-08-21
  InternLM/xtuner b934f462 2026-08-21
  Kaggle/docker-python 78aaa43f 2026-08-12
  Kong/docker-kong d1ed165b 2026-06-17
  LAION-AI/Open-Assistant f1e6ed95 2024-01-06
  Lightning-AI/LitServe 1311d5b4 2026-06-23
  Lightning-AI/litgpt 26857050 2026-06-29
  Lightning-AI/pytorch-lightning 7f0c3436 2026-07-20
  LostRuins/koboldcpp 2da346a5 2024-10-11
  MIC-DKFZ/nnUNet 0e495086 2026-07-13
  MariaDB/mariadb-docker 1b6429ba 2026-05-29
  Mintplex-Labs/anything-llm 72aabbd1 2026-08-21
  ModelTC/lightllm fc72ffab 2025-07-11
  NVIDIA-AI-Blueprints/rag 329875af 2026-06-05
  NVIDIA/DeepLearningExamples 729963dd 2024-04-04
  NVIDIA/GenerativeAIExamples 401cb446 2026-03-30
  NVIDIA/JAX-Toolbox bcbbfa57 2026-07-24
  NVIDIA/Megatron-LM d98e8a64 2026-08-22
  NVIDIA/NVFlare f3b7c1bf 2026-08-21
  NVIDIA/NeMo 8cfedd72 2025-09-20
  NVIDIA/NeMo-Guardrails e7c23d11 2024-10-22
  NVIDIA/TransformerEngine d0067d0d 2026-08-22
  NVIDIA/aistore 583e7729 2026-08-21
  NVIDIA/dcgm-exporter d5e5f510 2026-05-12
  NVIDIA/gpu-operator a22dbf67 2026-08-21
  NVIDIA/k8s-device-plugin 1b826acc 2026-08-19
  NVIDIA/nv-ingest 2b3488c6 2026-03-13
  NVIDIA/nvidia-container-toolkit d34b3046 2026-08-21
  NVlabs/stylegan3 c233a919 2023-04-26
  Netflix/metaflow d2dd7f95 2026-08-22
  OpenRLHF/OpenRLHF 3c3be623 2026-08-13
  PacktPublishing/LLM-Engineers-Handbook 28a1ca0c 2026-04-22
  PaddlePaddle/FastDeploy cc8d1f3c 2024-03-05
  PaddlePaddle/Serving b0af55d0 2024-02-06
  PrefectHQ/prefect ce79dd3d 2026-08-21
  Project-MONAI/MONAI d388d1c6 2025-06-13
  Project-MONAI/MONAILabel 058ddfc4 2025-12-23
  QuivrHQ/quivr 947a7854 2025-06-19
  QwenLM/Qwen 2df8e8ac 2026-03-05
  ROCm/ROCm-docker c0dbf1d2 2025-12-01
  RVC-Boss/GPT-SoVITS 48b1a016 2026-08-18
  SWE-agent/SWE-agent 3ea751c0 2026-07-16
  SYSTRAN/faster-whisper 65882eee 2025-10-31
  Sanster/IOPaint 61a759fb 2025-04-29
  SciPhi-AI/R2R 9c5a94d1 2025-11-06
  SeldonIO/MLServer a325e523 2025-12-18
  SeldonIO/seldon-core 7b77f8b7 2026-01-08
  ShishirPatil/gorilla 6ea57973 2026-03-23
  SillyTavern/SillyTavern ba6f7b7a 2024-09-28
  SonarSource/docker-sonarqube df5a6ae2 2026-06-29
  Stability-AI/StableSwarmUI 6071f8f6 2024-06-21
  THUDM/ChatGLM3 732294f4 2025-01-13
  TabbyML/tabby 21b29048 2026-06-30
  Unstructured-IO/unstructured 3e5482bf 2026-08-21
  Unstructured-IO/unstructured-api d57d7092 2026-04-03
  VikParuchuri/marker ab1d1151 2025-06-12
  YanWenKun/ComfyUI-Docker 987122a3 2026-07-23
  abetlen/llama-cpp-python 3691546f 2026-08-17
  adoptium/containers d8d18d67 2026-08-05
  ageitgey/face_recognition 2e2dccea 2022-06-10
  ahmetoner/whisper-asr-webservice ea12224e 2025-07-02
  ai-dock/base-image b8bc35fa 2024-08-14
  ai-dock/comfyui 199ee29c 2024-11-04
  aimhubio/aim 753f4b18 2025-05-08
  allegroai/clearml-server 2976ce69 2025-01-01
  alphacep/vosk-server c2e82f02 2025-05-25
  apache/spark-docker 7f2e1f0a 2026-06-25
  apache/spark-kubernetes-operator d5acafd2 2026-08-18
  aphrodite-engine/aphrodite-engine b42eeec2 2026-04-28
  aqlaboratory/openfold ce0029e1 2025-09-15
  argoproj/argo-workflows f016ad89 2026-08-21
  assafelovic/gpt-researcher 5d84d2f5 2026-07-14
  astral-sh/uv 26a9dd4b 2026-08-21
  astronomer/ap-airflow f18bbcf8 2023-03-31
  authelia/authelia 23572030 2026-08-22
  autowarefoundation/autoware b5a96536 2026-08-21
  aws-neuron/aws-neuron-samples 2015d650 2026-05-07
  aws-samples/aws-do-eks f721602f 2026-08-22
  aws/deep-learning-containers e0ecedea 2026-08-21
  aws/sagemaker-distribution aa8a7fb0 2026-08-19
  aws/sagemaker-python-sdk a2481266 2026-08-21
  axolotl-ai-cloud/axolotl 067b021c 2026-07-24
  b-data/jupyterlab-python-docker-stack 3eff7838 2026-06-26
  bentoml/BentoML 32230a52 2026-04-30
  bentoml/OpenLLM ec2355ce 2026-05-29
  bigscience-workshop/petals 22afba62 2024-08-25
  blakeblackshear/frigate e3fa7018 2026-07-23
  bmaltais/kohya_ss 45088f04 2026-07-10
  caddyserver/caddy-docker 62d13264 2026-03-05
  carlossg/docker-maven 0170c5bc 2026-08-05
  chatchat-space/Langchain-Chatchat 49165d6a 2025-11-10
  cheshire-cat-ai/core 6963febb 2026-06-23
  chroma-core/chroma 93652ec0 2026-08-22
  clearml/clearml-serving c0ee96e1 2026-03-12
  cloudflare/cloudflared d1df7985 2026-08-20
  cloudnative-pg/postgres-containers a949ae58 2026-08-20
  cohere-ai/cohere-toolkit fdd4371e 2025-03-14
  collabora/WhisperLive bde730b8 2026-08-04
  composer/docker e1056b5b 2026-07-02
  conda-forge/docker-images cdff7fb7 2026-01-01
  containerd/containerd 301026e5 2026-08-22
  containers/ai-lab-recipes 25fca348 2025-07-31
  containers/ramalama 8bc1f0a3 2026-08-21
  coqui-ai/TTS dbf1a08a 2024-02-10
  dani-garcia/vaultwarden 46d71107 2026-08-20
  dask/dask-docker 2b07a681 2026-07-14
  dbt-labs/dbt-core 43aa6e8a 2026-08-22
  decodingml/llm-twin-course 457e550c 2025-04-26
  deepinsight/insightface 7fadd420 2026-07-27
  deepmind/alphafold 22fc0eea 2022-07-28
  deepset-ai/hayhooks 051d5a85 2026-07-10
  deepset-ai/haystack c7cb46c0 2026-08-21
  denoland/deno_docker b7864b72 2026-07-01
  determined-ai/determined c1e9c6d7 2025-03-20
  devcontainers/images bed3eb26 2026-07-01
  dmlc/dgl 3d16000b 2025-08-01
  docker-library/cassandra 7b9da8f4 2026-04-16
  docker-library/docker 3289af88 2026-08-06
  docker-library/drupal 305e3e2a 2026-07-22
  docker-library/ghost 7edb45d6 2026-06-12
  docker-library/golang 7c8c182b 2026-08-19
  docker-library/httpd 9b63b37c 2026-06-10
  docker-library/julia aa7507fe 2026-08-16
  docker-library/memcached 53ac0ecb 2026-07-09
  docker-library/mongo 2c69a57b 2026-06-11
  docker-library/mysql 7f30fdb0 2026-06-16
  docker-library/php 445bf414 2026-07-30
  docker-library/pypy 84c50d19 2026-04-28
  docker-library/rabbitmq 9193c1de 2026-06-15
  docker-library/redis e9204996 2024-06-28
  docker-library/ruby d55e25ae 2026-04-21
  docker-library/tomcat 40f27d56 2026-08-20
  docker-library/wordpress bf223d1c 2026-08-19
  docker/buildx 461836ba 2026-08-20
  docker/cli 28f75608 2026-08-20
  docker/labs-ai-tools-for-devs 5f84f06c 2025-07-22
  docling-project/docling-serve 615f089a 2026-08-20
  dotnet/dotnet-docker 3ed00b61 2026-08-21
  dstackai/dstack 511c318c 2026-08-21
  dusty-nv/jetson-containers dd206bfe 2026-05-30
  erlang/docker-erlang-otp 023b069b 2026-07-28
  etcd-io/etcd c34dc7ee 2026-08-20
  eugeneyan/fastapi-html de5648fe 2024-02-17
  evidentlyai/evidently a4aa4c2b 2026-05-02
  facebookresearch/detectron2 02b5c4e2 2026-06-06
  facebookresearch/fairseq 3d262bb2 2025-09-30
  facebookresearch/sam2 2b90b9f5 2024-12-15
  fedirz/faster-whisper-server 2ea974d7 2025-02-27
  fishaudio/fish-speech 3dd1f85c 2026-04-07
  floydhub/dockerfiles dc896f04 2021-04-07
  flyteorg/flyte 6fadb90d 2026-08-21
  getsentry/snuba 61009262 2026-08-22
  ggml-org/whisper.cpp 233fe1fc 2026-08-22
  goharbor/harbor c50c7ddd 2026-08-21
  google/maxtext e64f6813 2024-10-10
  gradle/docker-gradle 528a647c 2026-06-26
  graviraja/MLOps-Basics 558adce8 2024-09-23
  great-expectations/great_expectations ce78204d 2024-10-24
  h2oai/h2ogpt a0ad1920 2025-03-17
  haotian-liu/LLaVA c121f043 2024-05-12
  haskell/docker-haskell 9a7cd37b 2026-06-10
  hiyouga/LLaMA-Factory ff6d4d12 2026-08-18
  hpcaitech/ColossalAI 4f9953be 2026-04-09
  huggingface/Google-Cloud-Containers 8d6aa78b 2026-05-06
  huggingface/accelerate 16cb6eb8 2026-07-24
  huggingface/api-inference-community 2fd0029c 2026-04-08
  huggingface/autotrain-advanced b5c98fbe 2025-01-21
  huggingface/chat-ui c100c162 2026-08-21
  huggingface/dataset-viewer f62009e0 2026-08-20
  huggingface/diffusers 58eb52c0 2026-08-23
  huggingface/lerobot 7427f318 2026-08-23
  huggingface/optimum 83c88b8f 2026-05-29
  huggingface/optimum-habana 1d8504c6 2026-01-14
  huggingface/optimum-neuron 213224e6 2026-08-19
  huggingface/optimum-nvidia be6957dc 2025-01-23
  huggingface/peft 5d602fdb 2026-08-21
  huggingface/text-embeddings-inference 0d124dc9 2026-07-24
  huggingface/trl f2cd5771 2026-07-24
  idiap/coqui-ai-TTS 7cde79ec 2025-09-25
  infiniflow/infinity a7432bef 2026-06-29
  influxdata/influxdata-docker d457cb93 2026-08-06
  instructlab/instructlab 2d734099 2025-07-03
  intel/ai-containers 2fe0df99 2026-02-10
  invoke-ai/InvokeAI 8e71a8a5 2026-08-19
  iot-salzburg/gpu-jupyter 20efdb2e 2026-01-09
  iterative/cml a3a66c74 2024-10-24
  iterative/dvc 9f901e57 2025-11-21
  iusztinpaul/hands-on-llms 00837342 2024-12-09
  jenkinsci/docker ab3f5e0a 2026-08-18
  jenkinsci/docker-agent b066c0a9 2026-01-14
  jozu-ai/kitops ad3dbb55 2025-03-20
  jupyterhub/jupyterhub 2841153d 2026-08-20
  jupyterhub/repo2docker 808ae6bb 2026-08-21
  kaito-project/kaito 056b8280 2026-08-21
  kedro-org/kedro d58a0b14 2026-08-20
  khoj-ai/khoj ae229ca8 2026-08-01
  kserve/modelmesh ea13cdc5 2026-04-14
  kubeflow/examples 4a9165b7 2024-01-17
  kubeflow/katib 33c8ff4e 2026-06-22
  kubeflow/model-registry bd07139a 2026-04-29
  kubeflow/mpi-operator caa3c47f 2026-07-02
  kubeflow/pipelines 7b70c7b9 2026-08-21
  kubeflow/spark-operator 38082f33 2026-08-21
  kubeflow/trainer 8c0f5059 2026-08-21
  kubeflow/training-operator a55f03a8 2025-02-24
  lancedb/lancedb 45cd0534 2026-08-22
  langchain-ai/opengpts 8e7fef72 2025-06-26
  langgenius/dify-plugin-daemon bdb5642a 2026-08-21
  langgenius/dify-sandbox a94a4666 2026-06-04
  lfnovo/open-notebook 206d77ca 2026-07-22
  linto-ai/linto-stt 8231c958 2025-07-07
  lllyasviel/Fooocus 59f183ab 2025-01-24
  llm-d/llm-d f458af2e 2025-06-12
  lm-sys/FastChat 0e6d3e4b 2025-04-12
  louislam/uptime-kuma 6398a958 2026-08-22
  mage-ai/mage-ai 5640c790 2026-08-13
  mamba-org/micromamba-docker a815800c 2026-05-13
  marqo-ai/marqo 58efc243 2024-10-25
  matatonic/openedai-speech 31f03359 2025-02-02
  mem0ai/mem0 8d5b7865 2026-08-22
  michaelfeil/infinity fcb951cb 2025-10-06
  microsoft/DeepSpeed 38327e07 2025-02-21
  microsoft/JARVIS c62e0faa 2024-09-26
  microsoft/nni 767ed7f2 2023-10-26
  microsoft/promptflow 6e76ef49 2026-05-05
  mindsdb/mindsdb 37ccd07f 2026-04-30
  miniflux/v2 106cdd09 2026-08-11
  minio/minio 7aac2a2c 2026-02-12
  ml-tooling/ml-workspace 024c4053 2023-11-14
  moby/moby b985e231 2026-08-23
  modelscope/ms-swift 3602360a 2026-08-22
  mosaicml/composer 64051888 2026-04-29
  mosaicml/llm-foundry 8c8dd48f 2025-07-21
  mudler/LocalAI 82c191af 2026-08-22
  myshell-ai/OpenVoice 74a1d147 2025-04-19
  n8n-io/n8n-hosting cee656be 2026-07-17
  nerfstudio-project/nerfstudio 50e0e3c7 2025-07-28
  neuml/txtai 20f818f7 2026-08-19
  nextcloud/docker 4de1eed6 2026-07-23
  nginx/docker-nginx 0d7f4380 2026-04-14
  ollama/ollama fb307609 2026-08-21
  onyx-dot-app/onyx a7d66a8b 2026-08-22
  oobabooga/text-generation-webui 1dcde41d 2026-05-03
  open-mmlab/mmdeploy 3f8604bd 2024-09-30
  open-mmlab/mmpose 759b39c1 2025-08-04
  open-webui/pipelines 26b8f20b 2025-07-09
  openai/evals 4bfc1f58 2025-11-03
  openai/whisper c0d2f624 2025-06-25
  opendatahub-io/notebooks 378d4998 2026-08-21
  opendatalab/MinerU 79d6d8d7 2026-07-10
  openvinotoolkit/docker_ci ced9487b 2025-11-26
  openvinotoolkit/model_server 7e4df0c7 2026-08-21
  oracle/docker-images d5b0a1f7 2026-08-21
  osrf/docker_images 368c7cde 2026-07-17
  oumi-ai/oumi d8ed0777 2026-08-21
  pachyderm/pachyderm e237475e 2025-01-09
  pangeo-data/pangeo-docker-images 2f5532bd 2026-01-31
  paperless-ngx/paperless-ngx b0e0e8a3 2026-08-08
  pgvector/pgvector e48241b4 2026-08-19
  pi-hole/docker-pi-hole dd91b484 2026-07-07
  postgis/docker-postgis 51b35550 2026-04-18
  predibase/lorax a7394ba3 2026-05-28
  prometheus/prometheus d15adb9a 2026-08-21
  puckel/docker-airflow bed77797 2020-02-11
  pypa/manylinux ad3c4539 2026-06-28
  pytorch/builder f4cfb706 2025-08-12
  pytorch/examples 77f55b91 2025-08-25
  pytorch/serve 62c4d6a1 2025-03-17
  pytorch/torchtitan b5bcd76c 2026-08-21
  qdrant/qdrant 74f3e85b 2026-08-04
  rapidsai/docker ddc94029 2026-07-16
  rasbt/LLMs-from-scratch 28c65cdf 2026-04-16
  ray-project/kuberay feeaf72f 2026-08-19
  remsky/Kokoro-FastAPI 26eec068 2026-08-17
  replicate/cog 6110c912 2026-08-21
  rhasspy/wyoming-faster-whisper 5b5854f3 2026-07-09
  roboflow/inference 3bb973b5 2026-08-21
  rocker-org/rocker-versioned2 69cded5d 2026-06-30
  ruby/ruby-docker-images 9846eec6 2024-06-26
  run-llama/sec-insights a9b6da0f 2025-03-12
  runpod-workers/worker-vllm 7a925039 2026-08-20
  runpod/containers 6990d377 2026-07-29
  rust-lang/docker-rust 7668ee29 2026-04-03
  sclorg/s2i-python-container e007f85c 2026-06-17
  serengil/deepface 243209fd 2026-06-29
  songquanpeng/one-api 8df4a267 2025-02-21
  speaches-ai/speaches 870e1e16 2026-03-26
  suno-ai/bark f4f32d4c 2024-04-05
  supabase/postgres 7db7e1a9 2024-10-23
  swiftlang/swift-docker 902c2a9e 2026-08-07
  tensorflow/serving 9d981c5c 2026-07-30
  tensorflow/tfx 58435d68 2026-06-25
  theroyallab/tabbyAPI e632af41 2026-08-13
  tiangolo/full-stack-fastapi-template 7a6107ff 2024-08-03
  timescale/timescaledb-docker 029292c0 2026-05-02
  traceloop/openllmetry 93429cfb 2026-06-28
  traefik/traefik fd5a576d 2026-07-24
  treeverse/lakeFS 71a45eeb 2026-07-23
  triton-inference-server/model_analyzer 63a0fecc 2026-04-28
  triton-inference-server/tutorials e8489525 2026-07-22
  turboderp-org/exllamav2 da07facd 2025-12-09
  typesense/typesense 4a092b04 2025-09-26
  ufoym/deepo eeb36f9c 2026-03-25
  ultralytics/yolov5 5081342f 2026-08-21
  umami-software/umami c0ea3aef 2026-05-14
  unit8co/darts 2be8e43f 2026-08-21
  unslothai/unsloth 015bdef0 2026-08-22
  varnish/docker-varnish eb60dff6 2026-07-27
  vespa-engine/sample-apps 529d5240 2026-08-20
  vllm-project/production-stack a6c01db0 2026-08-05
  vllm-project/vllm-ascend 182b75ea 2026-08-22
  volcano-sh/volcano ed72c7c8 2026-08-20
  volcengine/verl b178a3cd 2026-01-29
  wandb/wandb b6e29505 2026-08-21
  weaviate/weaviate adcffc54 2026-08-20
  xorbitsai/inference 7ecec16b 2026-08-23
  zalando/spilo 7cb50bd6 2025-08-06
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
    read: 125,
    meant: 2,
    mended: 12,
    why: 'The release has ended, by its publisher’s calendar; two images of vendors who go on mending them.',
  },
  'latest-tag': {
    read: 184,
    meant: 20,
    mended: 97,
    why: 'No version anywhere, in the image that is shipped; some are images of the project’s own.',
  },
  'python-eol': { read: 79, meant: 0, mended: 4, why: 'The release has ended, by its publisher’s calendar.' },
  'pip-cache-kept': { read: 58, meant: 0, mended: 3, why: 'Wheels of gigabytes stay in the image beside what they installed.' },
  'apt-update-separate': { read: 48, meant: 3, mended: 3, why: 'Lists of a cached layer; a few only refresh what a base image left.' },
  'copy-all-before-install': {
    read: 44,
    meant: 9,
    mended: 1,
    why: 'Requirements are installed after the code is copied; where the project itself is built, not all of it can be helped.',
  },
  syntax: {
    read: 72,
    meant: 5,
    mended: 39,
    why: 'No build or Compose takes the file: empty files, words that were never replaced, fragments that are put together later.',
  },
  'sklearn-package': { read: 34, meant: 0, mended: 1, why: 'pip refuses the alias.' },
  'pip-unquoted-specifier': { read: 31, meant: 0, why: 'The bound is a redirection.' },
  'empty-continuation-line': { read: 36, meant: 0, why: 'BuildKit warns of the same lines.' },
  'minio-dockerhub': { read: 17, meant: 0, why: 'The image is no longer on Docker Hub.' },
  'data-not-persistent': { read: 39, meant: 9, mended: 14, why: 'A store without a volume; tutorials and workshops may not miss it.' },
  'run-without-effect': { read: 27, meant: 0, mended: 6, why: 'A RUN that only changes a folder or sets a variable.' },
  'multiple-cmd': { read: 7, meant: 0, why: 'Two CMDs in a stage.' },
  'cache-mount-defeated': { read: 21, meant: 0, mended: 2, why: 'A cache mount, and an installer told to keep no cache.' },
  'build-arg-unknown': { read: 22, meant: 0, why: 'An argument that no Dockerfile declares.' },
  'apt-no-y': { read: 26, meant: 8, mended: 7, why: 'No -y; apt does not ask where a package brings no other one.' },
  'floating-minor': { read: 17, meant: 4, why: 'python:3; where a project follows the newest, this is meant.' },
  'nvidia-docker-legacy': { read: 15, meant: 0, why: 'Keys and packages that were withdrawn.' },
  'arg-before-from-scope': {
    read: 20,
    meant: 6,
    mended: 4,
    why: 'Empty in the stage; six stand in templates, or behind a stage that a variable names.',
  },
  'pickle-version-drift': { read: 13, meant: 0, why: 'A model saved with another version than the one that is pinned beside it.' },
  'tls-verification-off': { read: 28, meant: 2, why: 'curl -k, wget --no-check-certificate, pip --trusted-host.' },
  'conda-clean-missing': { read: 20, meant: 2, mended: 8, why: 'conda’s downloads stay in the layer; small where only pip is installed.' },
  'jupyter-no-token': { read: 11, meant: 5, why: 'An empty token; images for Kubeflow stand behind its login.' },
  'secret-in-env-arg': {
    read: 38,
    meant: 4,
    mended: 19,
    why: 'Keys and passwords in ENV, also from build arguments; three are the defaults of a test database, one may be the path of a key.',
  },
  'no-dockerignore': {
    read: 12,
    meant: 3,
    mended: 3,
    why: 'Data or .env go into the image; three data folders hold the project’s settings.',
  },
  'pip-install-at-start': { read: 8, meant: 2, why: 'pip runs at each start; two are files for development.' },
  'build-dockerfile-missing': { read: 15, meant: 0, mended: 6, why: 'There is no such Dockerfile.' },
  'undefined-variable': { read: 13, meant: 2, mended: 5, why: 'An ARG before FROM, used in a stage.' },
  'placeholder-left': { read: 7, meant: 6, mended: 1, why: 'Samples whose CMD shows what to fill in.' },
  'cuda-tag-deleted': { read: 8, meant: 0, why: 'The image is gone.' },
  'compose-reference': { read: 6, meant: 0, why: 'A folder without ./ is read as a volume: Compose refuses it.' },
  'compose-conflict': { read: 4, meant: 0, why: 'A folder that is a volume and a tmpfs: Compose refuses it.' },
  'credentials-copied': { read: 7, meant: 1, mended: 2, why: '.aws and .env are in the context.' },
  'bind-file-missing': { read: 12, meant: 1, mended: 4, why: 'The file is not there; a test writes one of them.' },
  'no-workdir': { read: 5, meant: 0, why: 'A project copied into /.' },
  'package-signature-off': { read: 17, meant: 0, mended: 11, why: 'Packages that nobody has signed.' },
  'port-collision': { read: 25, meant: 3, mended: 16, why: 'One port for two services; three are started one at a time.' },
  'healthcheck-tool-missing': { read: 5, meant: 0, why: 'curl in an image that has none.' },
  'env-var-undefined': { read: 10, meant: 1, mended: 4, why: 'A variable that .env leaves out.' },
  'apt-renamed': { read: 5, meant: 0, why: 'The package has another name in Debian 13, and the build stops.' },
  'dvc-pull-in-build': { read: 4, meant: 4, why: 'A course bakes its model in.' },
  'model-copied-and-mounted': { read: 3, meant: 0, why: 'What is copied is hidden by a mount.' },
  'airflow-old-env': { read: 3, meant: 0, why: 'A name that Airflow no longer reads.' },
  'framework-image-reinstall': { read: 3, meant: 0, why: 'torch in the image, and another one over it.' },
  'torch-companion-mismatch': { read: 7, meant: 0, mended: 2, why: 'Pins that cannot be installed together.' },
  'env-self-reference': { read: 10, meant: 0, mended: 3, why: 'A variable used in the ENV that sets it.' },
  'depends-on-without-condition': { read: 27, meant: 3, mended: 24, why: 'Tests that may start twice.' },
  'cuda-tag-invalid': { read: 2, meant: 1, why: 'No such tag; one is replaced by a build argument.' },
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
  'jax-without-cuda': { read: 1, meant: 0, mended: 1, why: 'jaxlib with CUDA from the page of links.' },
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
    read: 3,
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
  'pip-credentials-url': { read: 1, meant: 0, mended: 1, why: 'A database on this machine, with a password that stands for one.' },
  'flash-attn-needs': {
    read: 1,
    meant: 0,
    mended: 1,
    why: 'Torch and wheel are there, and pip before 25.3 builds without isolation: a warning now.',
  },
  'bind-localhost': { read: 2, meant: 0, mended: 2, why: 'The image for notebooks has settings of its own.' },
  privileged: { read: 1, meant: 0, why: 'A demo with a GPU.' },
  'python-pip-mismatch': { read: 4, meant: 0, why: 'pip of the system’s Python, and another Python beside it that is meant.' },
  'hash-missing': { read: 4, meant: 0, mended: 4, why: 'uv wrote the file, and uv reads it.' },
  'uv-sync-in-one-layer': { read: 1, meant: 0, mended: 1, why: 'The stage below has the packages.' },
  'legacy-key-value': { read: 16, meant: 0, why: 'A blank before «=»: the label’s value is «= "2.0"».' },
  'no-command-substitution': { read: 7, meant: 0, why: 'ARG MAX_JOBS="$(nproc)": the variable holds these characters.' },
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
  'json-form-broken': { read: 2, meant: 0, why: 'A comma is missing; «|| exit 1» stands behind a list.' },
  'login-in-build': { read: 2, meant: 0, why: 'huggingface-cli login with a token that stays in the layer.' },
  'jupyter-dockerhub': { read: 1, meant: 1, why: 'A test of how such images are built upon.' },
  'no-duplicate-container-names': { read: 1, meant: 0, why: 'Two databases called postgres.' },
  'host-port-between-services': {
    read: 1,
    meant: 1,
    why: 'A mapping to a port that Trino does not listen on: the address is right, and the mapping is not.',
  },
};
