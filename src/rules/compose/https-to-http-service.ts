import { get, items } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { serviceImage } from '../shared/composeImage.ts';
import { effectiveServices, type EffectiveService } from '../shared/composeServices.ts';
import { placeOf, replaceText } from '../shared/replaceText.ts';
import { envFileUrls, imageUrls, serviceUrls } from '../shared/serviceUrls.ts';
import { slice, type Source } from '../../text/text.ts';

/** Products that speak plain HTTP unless they are given a certificate. */
const plain = new Set([
  'mlflow',
  'ollama',
  'vllm',
  'tgi',
  'tei',
  'sglang',
  'chroma',
  'qdrant',
  'prometheus',
  'langfuse',
  'label-studio',
  'litellm',
  'minio',
]);

export default composeRule({
  id: 'https-to-http-service',
  severity: 'warning',
  title: 'Call services inside a Compose file by http://',
  why: 'Between the services of a file nobody speaks TLS unless a certificate is given to the server. Called by `https://`, it answers in plain HTTP and the client ends with «SSL: WRONG_VERSION_NUMBER» or «wrong version number».',
  reach: ['environment', 'env_file', 'command', 'entrypoint', 'image', 'build', 'volumes', 'configs', 'secrets'],
  examples: [
    {
      bad: 'services:\n  train:\n    image: train:1\n    environment:\n      MLFLOW_TRACKING_URI: «https://mlflow:5000»\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n',
      good: 'services:\n  train:\n    image: train:1\n    environment:\n      MLFLOW_TRACKING_URI: http://mlflow:5000\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n',
    },
    {
      title: 'a certificate, a port that is none of its own, a product that speaks TLS, an address outside',
      good: 'services:\n  a:\n    image: a:1\n    environment:\n      QDRANT_URL: https://qdrant:6333\n      ES_URL: https://es:9200\n      OLLAMA_URL: https://ollama:8443\n      LLM_URL: https://llm.example.org:8000\n  qdrant:\n    image: qdrant/qdrant:v1.12.0\n    volumes: ["./tls:/qdrant/tls"]\n  es:\n    image: elasticsearch:8.15.0\n  ollama:\n    image: ollama/ollama:0.5.1\n',
    },
  ],
  *check(file, world) {
    const services = effectiveServices(file, world);
    for (const service of services)
      for (const { variable, scheme, host, port, written, node, path } of [
        ...serviceUrls(service),
        ...envFileUrls(file, service, world),
        ...imageUrls(file, service, world),
      ]) {
        const other =
          scheme === 'https' && port !== undefined ? services.find(({ name }) => name === host && name !== service.name) : undefined;
        const image = other && serviceImage(other.node);
        const facts = image === undefined ? undefined : serviceFacts(world.knowledge, image);
        if (!other || !facts || !plain.has(facts.id) || !facts.ports.some((each) => String(each.port) === port)) continue;
        if (
          items(get(other.node, 'configs')).length ||
          get(other.node, 'env_file') ||
          encrypted.test(textOf(file.source, file.services, other))
        )
          continue;
        yield {
          span: placeOf(file.source, node, `https://${written}`) ?? node.span,
          message: `${variable}${path === undefined ? '' : ` of ${path}`} calls «${other.name}» by https://, and ${facts.name} speaks plain HTTP there: the client ends with «wrong version number». Write http://${written}.`,
          fixes: path === undefined ? replaceText(file.source, node, `http://${written}`, false, `https://${written}`) : [],
        };
      }
  },
});

/** Words of a service that may have a certificate. */
const encrypted = /tls|ssl|cert|https|\.pem|\.crt|\.minio/i;

const textOf = (
  source: Source,
  services: readonly { readonly name: string; readonly span: { start: number; end: number } }[],
  { name }: EffectiveService,
): string => {
  const own = services.find((each) => each.name === name);
  return own ? slice(source, own.span) : 'tls';
};
