"""Figures: disclosed estimates become charts. The home of matplotlib; draws nothing but estimate frames."""

from kodukant_analysis.figures.charts import Chart, charts
from kodukant_analysis.figures.dots import dot_interval, incidence
from kodukant_analysis.figures.files import png_bytes, svg_bytes
from kodukant_analysis.figures.maps import choropleth, coverage_map
from kodukant_analysis.figures.style import Words
from kodukant_analysis.figures.tiles import coverage_tiles, tile_map
from kodukant_analysis.figures.timelines import wave_regions, waves, years

__all__ = [
    "Chart",
    "Words",
    "charts",
    "choropleth",
    "coverage_map",
    "coverage_tiles",
    "dot_interval",
    "incidence",
    "png_bytes",
    "svg_bytes",
    "tile_map",
    "wave_regions",
    "waves",
    "years",
]
