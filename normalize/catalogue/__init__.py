"""One catalogue of fields: schemas, checks, dtypes, CSV files, data package and codebook."""

from normalize.catalogue.spec import (
    Catalogue,
    EnumValue,
    Field,
    ForeignKey,
    TableSpec,
    catalogue,
)

__all__ = ["Catalogue", "EnumValue", "Field", "ForeignKey", "TableSpec", "catalogue"]
