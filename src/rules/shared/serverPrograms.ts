/** Programs that run until they are stopped. */
const servers =
  /^(?:uvicorn|gunicorn|hypercorn|daphne|waitress-serve|mlflow|streamlit|gradio|jupyter(?:-lab|-notebook)?|jupyterhub|flask|fastapi|celery|airflow|dagster(?:-daemon|-webserver)?|prefect|ray|tensorboard|tritonserver|vllm|torchserve|bentoml|text-generation-launcher|ollama|litellm|node|npm|java|nginx|caddy|redis-server|postgres|minio|dask(?:-scheduler|-worker)?|superset|label-studio|chroma|qdrant|zenml|optuna-dashboard|streamlit|panel|bokeh|voila|supervisord|python[\d.]*)$/;

/** Whether a program mostly runs until it is stopped: it should get the signals itself. */
export const runsOn = (program: string): boolean => servers.test(program);
