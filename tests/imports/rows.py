"""Rows of the registers as dictionaries, each valid until a test says otherwise."""

import csv
from collections.abc import Iterable
from pathlib import Path


def contract(**cells: str) -> dict[str, str]:
    return {
        "id": "10424433",
        "contract_type": "Empreitadas de obras públicas",
        "procedure": "Consulta Prévia",
        "object": "Ligação EN 342 a placa de S. Martinho",
        "buyer_nif": "506613399",
        "buyer": "Município de Góis",
        "supplier_nif": "510382258",
        "supplier": "SOCIASFALTOS ASFALTAGEM DE VIAS DE COMUNICAÇÃO UNIPESSOAL LDA",
        "published": "2024-01-02",
        "signed": "2024-01-02",
        "price_eur": "27849.0",
        "cpv": "45233200-1",
        "cpv_label_pt": "Obras diversas de pavimentação",
        "cpv_other": "",
        "place": "Portugal, Coimbra, Góis",
    } | cells


def plant(**cells: str) -> dict[str, str]:
    return {
        "nra": "AAL1512102650",
        "firm": "ALMEXA ALUMINIO SA DE CV",
        "plant": "",
        "scian": "331310",
        "scian_es": "Industria básica del aluminio",
        "sector": "Metalúrgica",
        "subsector": "Fundicion de chatarra de aluminio",
        "main_activity": "FUNDICIÓN Y LAMINACIÓN DE ALUMINIO",
        "state": "Jalisco",
        "municipality": "Zapopan",
        "locality": "ZAPOPAN",
        "industrial_park": "",
        "lat": "20.72",
        "lon": "-103.39",
    } | cells


def research(**cells: str) -> dict[str, str]:
    return {
        "ror_id": "01s4gpq44",
        "name": "Universidad de Talca",
        "name_es": "",
        "name_pt": "",
        "name_en": "",
        "types": "education",
        "acronyms": "UTALCA",
        "aliases": "",
        "established": "1981.0",
        "country": "CL",
        "admin1": "",
        "city": "Santa Cruz",
        "lat": "-34.639",
        "lon": "-71.366",
        "geonames_id": "",
        "website": "https://www.utalca.cl",
        "wikidata": "",
    } | cells


def write_csv(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path
