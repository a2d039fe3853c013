namespace Signals.Core.Model;

/// <summary>A second message about a cause: its template, and days after the first.</summary>
public sealed record FollowUp(string Message, int Days = FollowUp.UsualDays)
{
    public const int UsualDays = 7;
}
