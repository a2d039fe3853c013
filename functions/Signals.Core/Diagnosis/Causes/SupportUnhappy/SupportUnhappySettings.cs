using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Core.Diagnosis.Causes.SupportUnhappy;

/// <summary>
/// An NPS of <see cref="Nps"/> or less (0-10), a CSAT of <see cref="Csat"/> or less (1-5), an effort of <see cref="Ces"/> or more (1-7),
/// or words about service that are negative with confidence <see cref="Negative"/> or more, given within <see cref="Days"/> days.
/// Tickets have the time that was agreed with their plan; and <see cref="Tickets"/> about one thing within <see cref="TicketDays"/> days
/// are trouble again and again.
/// </summary>
public sealed record SupportUnhappySettings(
    int Nps = 6,
    int Csat = 2,
    int Ces = 5,
    double Negative = 0.6,
    int Days = 30,
    int Tickets = 4,
    int TicketDays = 42
)
{
    /// <summary>Where a model says nothing else.</summary>
    public static readonly SupportUnhappySettings Usual = new();

    public static SupportUnhappySettings Of(ValueModel model) => model.Causes.Of(Usual);

    internal static SupportUnhappySettings Read(ObjectReader cause) =>
        new(
            cause.Read("nps", CauseNumbers.Nps, Usual.Nps),
            cause.Read("csat", CauseNumbers.Csat, Usual.Csat),
            cause.Read("ces", CauseNumbers.Ces, Usual.Ces),
            cause.Read("negative", CauseNumbers.Confidence, Usual.Negative),
            cause.Read("days", CauseNumbers.LongDays, Usual.Days),
            cause.Read("tickets", CauseNumbers.Count, Usual.Tickets),
            cause.Read("ticketDays", CauseNumbers.LongDays, Usual.TicketDays)
        );
}
