"""The sweep's plots, as SVG without dates, so that the same figures give the same files."""
import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.hashsalt": "neurovasc", "svg.fonttype": "none", "font.size": 9, "axes.spines.top": False,
                            "axes.spines.right": False, "figure.constrained_layout.use": True})
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

from design import coarsest  # noqa: E402
from figures import beliefs, places  # noqa: E402
from judge import BELIEVED  # noqa: E402
from tables import DIAMETER_BINS, in_bin, named  # noqa: E402

COLOURS = {"tune": "#7a8793", "held_out": "#c2410c"}
LABELS = {"tune": "tune", "held_out": "held out"}


def wilson(found, count):
    """Share and its 95 % interval (Wilson 1927)."""
    z = 1.96
    share = found / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * np.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return share, max(0.0, share - (middle - half)), max(0.0, middle + half - share)


def save(figure, folder, name):
    figure.savefig(folder / f"{name}.svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)


def gap_errors(sides, folder):
    figure, axes = plt.subplots(1, 3, figsize=(10, 3.2), sharey=True)
    measured = [p for p in places(sides) if p["error"] is not None]
    for split, colour in COLOURS.items():
        here = [p for p in measured if p["row"]["split"] == split]
        errors = [p["error"] for p in here]
        axes[0].scatter([p["gap"] for p in here], errors, s=10, color=colour, alpha=0.7, label=LABELS[split])
        axes[1].scatter([coarsest(p["row"]) for p in here], errors, s=10, color=colour, alpha=0.7)
        axes[2].scatter([float(p["row"]["snr"]) for p in here], errors, s=10, color=colour, alpha=0.7)
    for axis, label in zip(axes, ("true gap, mm", "largest voxel edge, mm", "SNR of CSF")):
        axis.axhline(0, color="black", linewidth=0.6)
        axis.set_xlabel(label)
    axes[0].set_ylabel("reported less true gap, mm")
    axes[0].legend(frameon=False)
    save(figure, folder, "gap-errors")


def reliability(sides, folder):
    figure, axis = plt.subplots(figsize=(4, 3.6))
    edges = np.array([0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0001])
    axis.plot([0, 1], [0, 1], color="black", linewidth=0.6)
    for split, colour in COLOURS.items():
        pairs = np.array(beliefs([s for s in sides if s[0]["split"] == split]) or [(2, 0)], float)
        for low, high in zip(edges, edges[1:]):
            here = pairs[(pairs[:, 0] >= low) & (pairs[:, 0] < high)]
            if len(here):
                share, down, up = wilson(here[:, 1].sum(), len(here))
                axis.errorbar(here[:, 0].mean(), share, [[down], [up]], fmt="o", ms=4, color=colour, linewidth=0.8)
                axis.annotate(str(len(here)), (here[:, 0].mean(), share), fontsize=7, xytext=(4, 4), textcoords="offset points")
        axis.plot([], [], "o", ms=4, color=colour, label=LABELS[split])
    axis.set_xlabel("reported contact probability")
    axis.set_ylabel("share that touches")
    axis.legend(frameon=False)
    save(figure, folder, "reliability")


def sensitivity(sides, folder):
    figure, axis = plt.subplots(figsize=(5, 3.2))
    touching = [p for p in places(sides) if p["touches"]]
    for shift, (split, colour) in zip((-0.1, 0.1), COLOURS.items()):
        for i, level in enumerate(DIAMETER_BINS):
            here = [p for p in touching if p["row"]["split"] == split and in_bin(DIAMETER_BINS, p["diameter"]) == level]
            if here:
                share, down, up = wilson(sum(p["probability"] >= BELIEVED for p in here), len(here))
                axis.errorbar(i + shift, share, [[down], [up]], fmt="o", ms=4, color=colour, linewidth=0.8)
        axis.plot([], [], "o", ms=4, color=colour, label=LABELS[split])
    axis.set_xticks(range(len(DIAMETER_BINS)), [named(level) for level in DIAMETER_BINS], rotation=20)
    axis.set_ylim(0, 1.05)
    axis.set_xlabel("vessel's diameter, mm")
    axis.set_ylabel("contacts found")
    axis.legend(frameon=False, loc="lower right")
    save(figure, folder, "sensitivity-by-diameter")


def doubt(sides, folder):
    figure, axis = plt.subplots(figsize=(4.4, 3.2))
    measured = [p for p in places(sides) if p["error"] is not None and p["sd"]]
    top = max([p["sd"] for p in measured], default=0.5)
    axis.plot([0, top], [0, 2 * top], color="black", linewidth=0.6)
    for split, colour in COLOURS.items():
        here = [p for p in measured if p["row"]["split"] == split]
        axis.scatter([p["sd"] for p in here], [abs(p["error"]) for p in here], s=10, color=colour, alpha=0.7, label=LABELS[split])
    axis.set_xlabel("reported standard deviation, mm")
    axis.set_ylabel("error of the gap, mm (line: two sd)")
    axis.legend(frameon=False)
    save(figure, folder, "error-and-doubt")


def draw(sides, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for plot in (gap_errors, reliability, sensitivity, doubt):
        plot(sides, folder)
