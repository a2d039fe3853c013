using Signals.Core.Platform.Serialization;

namespace Signals.Core.State.People;

/// <summary>
/// What a review found in one person, kept in the person's row: an account's counts change by the difference between the old finding
/// and the new one, so that a review reads only the people that are due.
/// </summary>
public sealed record PersonFinding(bool Known, bool Active, double WindowValue, IReadOnlyList<PersonCause> Causes)
{
    /// <summary>Never reviewed.</summary>
    public static PersonFinding None { get; } = new(false, false, 0, []);

    /// <summary>Whether they reached the floor in any window, and in the one that ended the days of <c>seats-shrinking</c> ago.</summary>
    public bool EverActive { get; init; }

    public bool WasActive { get; init; }

    /// <summary>
    /// The last day with value, and what they got in the days of <c>champion-left</c> up to it: so much value, on so many days.
    /// </summary>
    public int? LastValueDay { get; init; }

    public double Carried { get; init; }

    public int CarriedDays { get; init; }

    /// <summary>
    /// Days without value that are no silence of theirs, where they work by the fortnight, month or quarter; else null. Known from a fresh
    /// look only: the account's summary keeps it.
    /// </summary>
    public int? UsualPause { get; init; }

    /// <summary>Whether they look after the account, and the UTC day of their last look at the way out; kept as the pause is.</summary>
    public bool Decides { get; init; }

    public int? LeaveDay { get; init; }

    /// <summary>A sign that they left; null without one, and for who never got value.</summary>
    public Departure? Departure { get; init; }

    public void Write(PackWriter writer)
    {
        writer.Bool(Known);
        writer.Bool(Active);
        writer.Float(WindowValue);
        writer.Count(Causes.Count);
        foreach (var cause in Causes)
        {
            writer.Text(cause.Cause);
            writer.Text(cause.Detail);
            writer.Float(cause.Confidence);
        }
        writer.Bool(EverActive);
        writer.Bool(WasActive);
        writer.Count(LastValueDay ?? 0);
        writer.Float(Carried);
        writer.Count(CarriedDays);
        if (Departure is not { } departure)
        {
            writer.Byte(0);
            return;
        }
        writer.Byte((byte)departure.Sign);
        writer.Count(departure.Day);
        writer.Text(departure.From);
        writer.Text(departure.To);
    }

    /// <param name="reader">Where it was written.</param>
    /// <param name="withCarried">False for rows from before it was kept how people carry their account.</param>
    /// <param name="withDeparture">False for rows from before it was kept whether they left.</param>
    public static PersonFinding Read(ref PackReader reader, bool withCarried, bool withDeparture)
    {
        bool known = reader.Bool(),
            active = reader.Bool();
        double value = reader.Float();
        var causes = new List<PersonCause>();
        for (int count = reader.Count(); count > 0; count--)
            causes.Add(new PersonCause(reader.Text() ?? "", reader.Text(), reader.Float()));
        var finding = new PersonFinding(known, active, value, causes);
        return !withCarried
            ? finding
            : finding with
            {
                EverActive = reader.Bool(),
                WasActive = reader.Bool(),
                LastValueDay = reader.Int() is > 0 and var day ? day : null,
                Carried = reader.Float(),
                CarriedDays = reader.Int(),
                Departure = withDeparture ? ReadDeparture(ref reader) : null,
            };
    }

    private static Departure? ReadDeparture(ref PackReader reader) =>
        reader.Byte() is > 0 and var sign ? new Departure((DepartureSign)sign, reader.Int(), reader.Text(), reader.Text()) : null;
}

/// <summary>A cause found in a person; <paramref name="Detail"/> is the step, feature or friction kind it is about.</summary>
public sealed record PersonCause(string Cause, string? Detail, double Confidence);
