"""Tables in and out of xlsx, ods, csv, json and vCard, without words of the domain."""
