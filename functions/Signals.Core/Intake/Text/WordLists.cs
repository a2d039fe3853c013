namespace Signals.Core.Intake.Text;

/// <summary>What is known of one language; read from <c>Words/{language}.txt</c>, whose head explains the format.</summary>
internal sealed class WordLists
{
    private static readonly Lazy<WordLists> LazyEnglish = new(() => WordListFile.Read("en"));
    private static readonly Lazy<WordLists> LazyFrench = new(() => WordListFile.Read("fr"));

    public static WordLists English => LazyEnglish.Value;

    public static WordLists French => LazyFrench.Value;

    /// <summary>Whether an apostrophe parts two words.</summary>
    public required bool Elides { get; init; }

    /// <summary>Judgements, from -4 (dreadful) to 4 (splendid).</summary>
    public PhraseBook Opinions { get; } = new();

    /// <summary>Factors for the opinion that follows: "very" 1.3, "a bit" 0.6.</summary>
    public PhraseBook Modifiers { get; } = new();

    /// <summary>Words that turn the opinion after them around.</summary>
    public PhraseBook Negations { get; } = new();

    /// <summary>"But": what follows is what the writer means.</summary>
    public PhraseBook Contrasts { get; } = new();

    /// <summary>Signs that something does not work, 0 to 1; 0 for phrases that look like one and are none ("no problem").</summary>
    public PhraseBook Problems { get; } = new();

    /// <summary>Signs that something is wished for, 0 to 1.</summary>
    public PhraseBook Requests { get; } = new();

    /// <summary>Signs that the writer thinks of leaving, 0 to 1.</summary>
    public PhraseBook Leaving { get; } = new();

    /// <summary>Words that are never what a text is about: articles, pronouns, helping verbs, adverbs.</summary>
    public PhraseBook Plain { get; } = new();

    /// <summary>The lists of a language, or null where there are none.</summary>
    public static WordLists? Of(string language) =>
        language switch
        {
            "en" => English,
            "fr" => French,
            _ => null,
        };
}
