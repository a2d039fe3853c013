namespace Signals.Core.Model.Doors;

/// <summary>What is taken from a payload: the first of some terms that is there, maybe turned into something else.</summary>
/// <param name="Terms">Tried in order.</param>
public sealed record DoorValue(IReadOnlyList<DoorTerm> Terms)
{
    public DoorConversion As { get; init; } = DoorConversion.Text;

    /// <summary>Of several things the sum: the terms and those below are read from each of them, as <c>$</c>.</summary>
    public DoorPath? Each { get; init; }

    /// <summary>The currency of an amount; of one that is not the model's nothing is known.</summary>
    public DoorTerm? Currency { get; init; }

    /// <summary>How often a number counts; once where it is not there.</summary>
    public DoorTerm? Times { get; init; }

    /// <summary>What an amount is paid for: day, week, month or year. Where it is given, the value is a month's.</summary>
    public DoorTerm? Every { get; init; }

    /// <summary>So many of them; one where it is not there.</summary>
    public DoorTerm? Count { get; init; }

    /// <summary>What their words are called here; words that it does not hold stay.</summary>
    public IReadOnlyDictionary<string, string>? Words { get; init; }

    /// <summary>One scale laid on another; null where both are the same.</summary>
    public DoorScale? Scale { get; init; }

    /// <summary>Where it is looked for, for whoever finds nothing there.</summary>
    public string Written => string.Join(", ", Terms);
}

/// <summary>
/// Numbers from <paramref name="From"/> to <paramref name="To"/> become <paramref name="Least"/> to <paramref name="Most"/>.
/// </summary>
public sealed record DoorScale(double From, double To, double Least, double Most)
{
    /// <summary>Null for a number that is not on the scale.</summary>
    public double? Of(double number) =>
        number >= Math.Min(From, To) && number <= Math.Max(From, To)
            ? Math.Round(Least + ((number - From) * (Most - Least) / (To - From)), 2)
            : null;
}

/// <summary>What becomes of a text that was found.</summary>
public enum DoorConversion
{
    /// <summary>Itself.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A moment: ISO 8601, seconds or milliseconds since 1970.</summary>
    Time,

    /// <summary>An amount of the smallest unit of a currency, as payment services write it: cents, or yen.</summary>
    MinorUnits,

    /// <summary>An amount in the currency itself.</summary>
    Amount,

    /// <summary>HTML without its tags.</summary>
    Plain,

    /// <summary>The model's name for a plan: the first term that the door's <c>plans</c> or the model's know, else the first.</summary>
    Plan,

    /// <summary>The mail address of somebody of the team: one as it is, an id by the door's <c>owners</c>.</summary>
    Owner,
}
