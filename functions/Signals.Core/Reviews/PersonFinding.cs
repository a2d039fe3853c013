using Signals.Core.Packing;

namespace Signals.Core.Reviews;

/// <summary>
/// What a review found in one person, kept in the person's row: an account's counts change by the difference between the old finding
/// and the new one, so that a review reads only the people that are due.
/// </summary>
public sealed record PersonFinding(bool Known, bool Active, double WindowValue, IReadOnlyList<PersonCause> Causes)
{
    /// <summary>Never reviewed.</summary>
    public static PersonFinding None { get; } = new(false, false, 0, []);

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
    }

    public static PersonFinding Read(ref PackReader reader)
    {
        bool known = reader.Bool(), active = reader.Bool();
        double value = reader.Float();
        var causes = new List<PersonCause>();
        for (int count = reader.Count(); count > 0; count--)
            causes.Add(new PersonCause(reader.Text() ?? "", reader.Text(), reader.Float()));
        return new PersonFinding(known, active, value, causes);
    }
}

/// <summary>A cause found in a person; <paramref name="Detail"/> is the step, feature or friction kind it is about.</summary>
public sealed record PersonCause(string Cause, string? Detail, double Confidence);
