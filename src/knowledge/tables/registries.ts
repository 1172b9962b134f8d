// Registries that ML projects push to and pull from: how an image is named there, and how one logs in. Checked 2026-10.
// Source: the registries’ own documentation.
import type { Registry } from '../knowledge.ts';

export const registries: readonly Registry[] = [
  { name: 'Docker Hub', image: 'USER/IMAGE:TAG', login: 'docker login', note: 'Pulls without a login are limited in number.' },
  {
    name: 'GitHub',
    image: 'ghcr.io/OWNER/IMAGE:TAG',
    login: 'docker login ghcr.io -u USER',
    note: 'The password is a token with the right write:packages.',
  },
  { name: 'GitLab', image: 'registry.gitlab.com/GROUP/PROJECT/IMAGE:TAG', login: 'docker login registry.gitlab.com' },
  {
    name: 'NVIDIA NGC',
    image: 'nvcr.io/nvidia/IMAGE:TAG',
    login: "docker login nvcr.io -u '$oauthtoken'",
    note: 'The user name is literally $oauthtoken, the password an API key. Many images need no login.',
  },
  { name: 'Azure', image: 'NAME.azurecr.io/IMAGE:TAG', login: 'az acr login --name NAME', note: 'The token holds for 3 hours.' },
  {
    name: 'Amazon ECR',
    image: 'ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG',
    login: 'aws ecr get-login-password --region REGION | docker login --username AWS --password-stdin ACCOUNT.dkr.ecr.REGION.amazonaws.com',
    note: 'The token holds for 12 hours. The repository must exist: aws ecr create-repository.',
  },
  {
    name: 'Google Artifact Registry',
    image: 'REGION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE:TAG',
    login: 'gcloud auth configure-docker REGION-docker.pkg.dev',
    note: 'It took the place of gcr.io, which ended in March 2025.',
  },
  { name: 'Quay', image: 'quay.io/ORGANISATION/IMAGE:TAG', login: 'docker login quay.io' },
  {
    name: 'Hugging Face Spaces',
    image: 'registry.hf.space/OWNER-SPACE:latest',
    login: 'docker login registry.hf.space',
    note: 'A Space listens on port 7860 and runs as user 1000.',
  },
];
