"""Help while typing: suggestions, spelling, raw keystrokes. Knows documents, not engines.

An engine does five things::

    builder = LexiconBuilder()                      # beside the rebuild, in one process
    for document in documents: builder.add(document)
    builder.finish().save(path)                     # one file, part of the generation

    fresh = FreshTitles.load(other_path)            # at every update, before the commit
    fresh.changed(documents, removed).save(other_path)

    helper = Helper(Lexicon.load(path), live, FreshTitles.load(other_path))     # at every refresh; cheap
    helper.suggest(text, limit)                     # -> tuple[Suggestion, ...]
    helper.correct(text)                            # -> str | None, when few or no hits: "did you mean"
    helper.read_keystrokes(text)                    # -> str | None: Telex or VNI understood

``live`` (``live.Live``) is how the helper asks the engine whether something is published now: whatever is suggested
has been asked for. A lexicon loads in milliseconds and is shared by all helpers of a generation.
"""
