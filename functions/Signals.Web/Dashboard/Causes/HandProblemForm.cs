using Signals.Core.Daily.Figures;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Response.Problems;
using Signals.Core.State.Audit;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Causes;

/// <summary>Hands what a cause is about over to those who build the product, with the accounts behind it.</summary>
internal sealed class HandProblemForm(ProblemBook problems, CauseAccounts accounts, FigureBook figures, AuditLog audit, TimeProvider clock)
    : IDashboardForm
{
    private const int MaxAboutChars = 200;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string cause = request.Text(ProblemParts.CauseField, MaxAboutChars),
            about = request.Text(ProblemParts.AboutField, MaxAboutChars);
        if (!CauseCatalogue.Ids.Contains(cause) || CauseCatalogue.IsPraise(cause))
            throw ApiRefusal.NotFound("cause", cause);
        string? link = ProblemParts.LinkOf(request);
        var history = await CauseHistory.ReadAsync(figures, clock, 1, request.Cancellation);
        string? detail = about.Length == 0 ? null : about;
        var topic = new Topic(cause, detail, history.Now?.Of(cause, detail) ?? default);
        var (behind, then) = await accounts.BehindAsync(topic, request.Cancellation);
        if (behind.Count == 0)
            return Problem(topic.Address, reader.Say("Nothing was handed over: no account is held back by it."));
        var now = clock.GetUtcNow();
        var problem = new Problem(cause, detail, ProblemState.HandedOver, request.Who, now, then)
        {
            Note = ProblemParts.NoteOf(request),
            Link = link,
        };
        switch (await problems.HandOverAsync(problem, behind, request.Cancellation))
        {
            case ProblemHandOver.StandsAlready:
                return Problem(ProblemParts.Address(problem.Id), reader.Say("It was handed over already."));
            case ProblemHandOver.NoRoom:
                return Problem(topic.Address, reader.Say($"Nothing was handed over: {ProblemBook.MaxProblems} problems are open already."));
            default:
                await audit.WriteAsync(
                    new AuditEntry(now, request.Who, "problem.handed-over", topic.Key, $"{then.Accounts}"),
                    request.Cancellation
                );
                return new FormAnswer(ProblemParts.Address(problem.Id), reader.Say("It is handed over, with the accounts behind it."));
        }
    }

    private static FormAnswer Problem(string address, string text) => new(address, text) { IsProblem = true };
}

/// <summary>Says how far a problem is, where it stands in the tracker, and what became of it.</summary>
internal sealed class ChangeProblemForm(ProblemBook problems, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    private const int MaxStateChars = 20;

    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        string id = request.Route("id"),
            name = request.Text(ProblemParts.StateField, MaxStateChars);
        if (await problems.FindAsync(id, request.Cancellation) is null)
            throw ApiRefusal.NotFound("problem", id);
        var state = ProblemStates.All.Where(known => known.Name == name).Select(known => (ProblemState?)known.State).FirstOrDefault();
        if (state is not { } chosen)
            throw ApiRefusal.BadParameter(ProblemParts.StateField, name, string.Join(", ", ProblemStates.All.Select(known => known.Name)));
        var changed = await problems.ChangeAsync(
            id,
            chosen,
            ProblemParts.LinkOf(request),
            ProblemParts.NoteOf(request),
            request.Who,
            request.Cancellation
        );
        if (changed is null)
            return new FormAnswer(ProblemParts.Address(id), reader.Say("Nothing was changed.")) { IsProblem = true };
        var topic = new Topic(changed.Cause, changed.Detail, default);
        await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), request.Who, $"problem.{name}", topic.Key), request.Cancellation);
        return new FormAnswer(ProblemParts.Address(id), reader.Say("It is written down, and stands on the pages of its accounts."));
    }
}
