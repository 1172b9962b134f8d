"""Answers which digit an 8×8 grey image shows."""

import os
from pathlib import Path
from typing import Annotated

import torch
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

from network import DigitNet

MODEL_PATH = Path(os.environ.get("MODEL_PATH", "/models/digits.pt"))

Row = Annotated[list[float], Field(min_length=8, max_length=8)]
app = FastAPI(title="Digits")
_loaded: tuple[float, DigitNet] | None = None


class Image(BaseModel):
    pixels: Annotated[list[Row], Field(min_length=8, max_length=8)]


def model() -> DigitNet:
    """Loads the weights, again whenever training has written newer ones."""
    global _loaded
    if not MODEL_PATH.exists():
        raise HTTPException(503, f"No model at {MODEL_PATH} yet: run the trainer first.")
    written = MODEL_PATH.stat().st_mtime
    if _loaded is None or _loaded[0] != written:
        network = DigitNet()
        network.load_state_dict(torch.load(MODEL_PATH, map_location="cpu", weights_only=True))
        _loaded = (written, network.eval())
    return _loaded[1]


@app.get("/health")
def health() -> dict[str, bool]:
    return {"model": MODEL_PATH.exists()}


@app.post("/predict")
def predict(image: Image) -> dict[str, object]:
    with torch.inference_mode():
        probabilities = model()(torch.tensor([[image.pixels]]) / 16).softmax(1)[0]
    return {"digit": int(probabilities.argmax()), "probability": round(float(probabilities.max()), 4)}
