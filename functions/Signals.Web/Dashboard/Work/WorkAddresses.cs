namespace Signals.Web.Dashboard.Work;

/// <summary>Where the forms about the work on an account are sent to.</summary>
internal static class WorkAddresses
{
    public const string AddNote = "/accounts/{id}/notes";
    public const string ChangeNote = "/accounts/{id}/notes/change";
    public const string DeleteNote = "/accounts/{id}/notes/delete";
    public const string Hand = "/accounts/{id}/hand";
    public const string HandEnd = "/accounts/{id}/hand/end";
    public const string AddStep = "/accounts/{id}/steps";
    public const string StepDone = "/accounts/{id}/steps/done";
    public const string AddGoal = "/accounts/{id}/goals";
    public const string GoalDone = "/accounts/{id}/goals/done";
    public const string RemoveGoal = "/accounts/{id}/goals/remove";
    public const string AnswerClosed = "/accounts/{id}/answers/closed";

    /// <summary>The address of a form about one account.</summary>
    public static string Of(string pattern, string accountId) =>
        pattern.Replace("{id}", Uri.EscapeDataString(accountId), StringComparison.Ordinal);
}
