using Signals.Core.Platform.Serialization;

namespace Signals.Core.State.Accounts;

/// <summary>Somebody's wish that an account's people get no messages until a moment. Alerts to CS managers go on.</summary>
/// <param name="Until">Until when.</param>
/// <param name="By">Who holds them, as the audit trail names them.</param>
/// <param name="Reason">Why, in their words.</param>
/// <param name="At">Since when.</param>
public sealed record MessageHold(DateTimeOffset Until, string By, string Reason, DateTimeOffset At)
{
    /// <summary>The longest hold. Whoever wants silence for good removes the playbook.</summary>
    public const int MaxDays = 180;

    public const int MaxReasonChars = 500;

    public bool StandsAt(DateTimeOffset moment) => moment < Until;

    internal static void Write(PackWriter writer, MessageHold? hold)
    {
        writer.Bool(hold is not null);
        if (hold is null)
            return;
        writer.Time(hold.Until);
        writer.Text(hold.By);
        writer.Text(hold.Reason);
        writer.Time(hold.At);
    }

    internal static MessageHold? Read(ref PackReader reader) =>
        reader.Bool() ? new MessageHold(reader.Time(), reader.Text() ?? "", reader.Text() ?? "", reader.Time()) : null;
}
