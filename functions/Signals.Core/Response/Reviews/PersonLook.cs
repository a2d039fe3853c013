using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Response.Outreach;
using Signals.Core.State.People;

namespace Signals.Core.Response.Reviews;

/// <summary>What a look at one person led to.</summary>
/// <param name="Before">What the account's summary counts them by so far.</param>
/// <param name="After">A copy of the person with what was found, the day to look again, and what they are written.</param>
/// <param name="Assessment">What was found.</param>
/// <param name="Message">What they are written; null for nothing.</param>
/// <param name="Waits">Whether a message waits for the account's events to settle.</param>
public sealed record PersonLook(PersonFinding Before, PersonState After, PersonAssessment Assessment, OutreachRecord? Message, bool Waits);
