"""Trains the digit network and writes /models/digits.pt."""

import argparse
import os
from pathlib import Path

import mlflow
import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from network import DigitNet

MODEL_PATH = Path(os.environ.get("MODEL_PATH", "/models/digits.pt"))


def data(batch: int) -> tuple[DataLoader, DataLoader]:
    digits = load_digits()
    images = torch.tensor(digits.images, dtype=torch.float32).unsqueeze(1) / 16
    labels = torch.tensor(digits.target)
    train, test = train_test_split(range(len(labels)), test_size=0.2, random_state=0, stratify=labels)

    def loader(rows: list[int], shuffle: bool) -> DataLoader:
        return DataLoader(TensorDataset(images[rows], labels[rows]), batch, shuffle=shuffle, num_workers=2)

    return loader(train, True), loader(test, False)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--epochs", type=int, default=20)
    options.add_argument("--batch", type=int, default=64)
    options.add_argument("--rate", type=float, default=1e-3)
    args = options.parse_args()

    device = "cuda" if torch.cuda.is_available() else "cpu"
    print(f"training on {device}")
    network = DigitNet().to(device)
    optimizer = torch.optim.AdamW(network.parameters(), lr=args.rate)
    loss_of = nn.CrossEntropyLoss()
    train, test = data(args.batch)

    with mlflow.start_run():
        mlflow.log_params(vars(args) | {"device": device})
        for epoch in range(args.epochs):
            network.train()
            total = 0.0
            for images, labels in train:
                loss = loss_of(network(images.to(device)), labels.to(device))
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                total += loss.item() * len(labels)
            network.eval()
            with torch.inference_mode():
                right = sum((network(i.to(device)).argmax(1).cpu() == y).sum().item() for i, y in test)
            accuracy = right / len(test.dataset)
            mlflow.log_metrics({"loss": total / len(train.dataset), "accuracy": accuracy}, step=epoch)
            print(f"epoch {epoch + 1}/{args.epochs} loss {total / len(train.dataset):.4f} accuracy {accuracy:.4f}")

    # Written beside and renamed, so that the API never reads half a file.
    MODEL_PATH.parent.mkdir(parents=True, exist_ok=True)
    partial = MODEL_PATH.with_suffix(".partial")
    torch.save({name: value.cpu() for name, value in network.state_dict().items()}, partial)
    partial.rename(MODEL_PATH)


if __name__ == "__main__":
    main()
