using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.Erasure;
using Signals.Core.Daily.PersonFiles;
using Signals.Core.Platform.Addresses;
using Signals.Core.State.Identity;
using Signals.Web.Ingestion;
using Signals.Web.Security;

namespace Signals.Web.Api;

/// <summary>Forgets people and accounts, says how far that is, and lets them come back.</summary>
internal sealed class ErasuresApi(
    ErasureDesk desk,
    ErasureWork work,
    ErasureBook book,
    PersonFinder finder,
    AccountFinder accounts,
    TimeProvider clock
)
{
    private const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>So much of the walk is done while the caller waits: all of it where little is kept.</summary>
    private const int PagesAtOnce = 10;

    /// <summary>By user id, anonymous id or mail address.</summary>
    public async Task DeletePersonAsync(HttpContext context)
    {
        string id = context.Route("id");
        var wish = await WishOfAsync(id, context.RequestAborted) ?? throw ApiRefusal.NotFound("person", id);
        await AskAsync(context, wish);
    }

    public async Task DeleteAccountAsync(HttpContext context)
    {
        var account = await accounts.GetAsync(context.Route("id"), context.RequestAborted);
        await AskAsync(
            context,
            account.Key.IsGroup ? new ErasureWish { Groups = [account.Id] } : new ErasureWish { UserIds = [account.Id] }
        );
    }

    /// <summary>Many at once, from JSON or CSV.</summary>
    public async Task PostAsync(HttpContext context) => await AskAsync(context, await ReadAsync(context));

    public async Task RestoreAsync(HttpContext context)
    {
        int restored = await desk.RestoreAsync(await ReadAsync(context), ApiCaller.Of(context).Name, context.RequestAborted);
        await ApiAnswers.WriteAsync(context, new RestoredView(restored), ApiJson.Default.RestoredView);
    }

    public async Task ListAsync(HttpContext context)
    {
        var requests = await book.ReadAsync(context.RequestAborted).ToListAsync(context.RequestAborted);
        requests.Reverse();
        await ApiAnswers.WriteAsync(
            context,
            new ErasuresView([.. requests.Take(ErasuresView.Most).Select(ErasureView.Of)]),
            ApiJson.Default.ErasuresView
        );
    }

    public async Task GetAsync(HttpContext context)
    {
        string id = context.Route("id");
        var request = await book.FindAsync(id, context.RequestAborted) ?? throw ApiRefusal.NotFound("erasure", id);
        await ApiAnswers.WriteAsync(context, ErasureView.Of(request), ApiJson.Default.ErasureView);
    }

    /// <summary>Segment's deletion requests, as its Public API and the Config API before it take them.</summary>
    public async Task RegulateAsync(HttpContext context)
    {
        using var body = await ReadBodyAsync(context);
        var regulation = Regulation.Read(body.Written);
        string id;
        if (regulation.Lifts)
        {
            await desk.RestoreAsync(regulation.Wish, ApiCaller.Of(context).Name, context.RequestAborted);
            id = RegulationState.LiftedId(clock.GetUtcNow());
        }
        else
        {
            var requests = await desk.AskForManyAsync(regulation.Wish, ApiCaller.Of(context).Name, context.RequestAborted);
            await work.RunAsync(PagesAtOnce, context.RequestAborted);
            // Of many, the last to be asked: they are walked for together.
            id = requests[^1].Id;
        }
        await ApiAnswers.WriteAsync(
            context,
            new RegulationAnswer(
                new RegulationView(id, regulation.Type, regulation.Lifts ? RegulationState.Finished : RegulationState.Running),
                id
            ),
            ApiJson.Default.RegulationAnswer
        );
    }

    /// <summary>How far a deletion request of Segment's is, as its Public API says it.</summary>
    public async Task RegulationAsync(HttpContext context)
    {
        string id = context.Route("id");
        var state =
            RegulationState.OfLifted(id)
            ?? (await book.FindAsync(id, context.RequestAborted) is { } request ? RegulationState.Of(request) : null)
            ?? throw ApiRefusal.NotFound("regulation", id);
        await ApiAnswers.WriteAsync(
            context,
            new RegulationStateAnswer(new RegulationStateData(state)),
            ApiJson.Default.RegulationStateAnswer
        );
    }

    /// <summary>Null for an id that nobody has; an address is looked for by the walk.</summary>
    internal async Task<ErasureWish?> WishOfAsync(string id, CancellationToken cancellationToken)
    {
        if (await finder.FollowAsync(PersonKey.User(id), cancellationToken) is not null)
            return new ErasureWish { UserIds = [id] };
        if (await finder.FollowAsync(PersonKey.Anonymous(id), cancellationToken) is not null)
            return new ErasureWish { AnonymousIds = [id] };
        return Mailbox.Parse(id) is not null ? new ErasureWish { Addresses = [id] } : null;
    }

    private async Task AskAsync(HttpContext context, ErasureWish wish)
    {
        var asked = await desk.AskForManyAsync(wish, ApiCaller.Of(context).Name, context.RequestAborted);
        await work.RunAsync(PagesAtOnce, context.RequestAborted);
        var views = new List<ErasureView>();
        foreach (var request in asked)
            views.Add(ErasureView.Of(await book.FindAsync(request.Id, context.RequestAborted) ?? request));
        await ApiAnswers.WriteAsync(context, new ErasuresView(views), ApiJson.Default.ErasuresView, StatusCodes.Status202Accepted);
    }

    private static async Task<ErasureWish> ReadAsync(HttpContext context)
    {
        using var body = await ReadBodyAsync(context);
        try
        {
            bool isCsv = context.Request.ContentType?.Contains("csv", StringComparison.OrdinalIgnoreCase) == true;
            return isCsv ? await ErasureFile.ReadCsvAsync(body.Written, context.RequestAborted) : ErasureFile.ReadJson(body.Written);
        }
        catch (ErasureFileException fault)
        {
            throw new ApiRefusal(StatusCodes.Status400BadRequest, fault.Message);
        }
    }

    private static async Task<Core.Intake.Ingestion.PooledBuffer> ReadBodyAsync(HttpContext context)
    {
        try
        {
            return await RequestBody.ReadAsync(context.Request, MaxBytes, context.RequestAborted);
        }
        catch (IngestionRefusal refusal)
        {
            throw new ApiRefusal(StatusCodes.Status400BadRequest, refusal.Message);
        }
    }
}

internal sealed record ErasuresView(IReadOnlyList<ErasureView> Items)
{
    /// <summary>The newest requests that are listed.</summary>
    public const int Most = 500;
}

/// <summary>
/// A request for erasure. State is <c>erasing</c>, then <c>proved</c>: a walk through all that is kept, begun ten minutes or more after the
/// asking, found nothing.
/// </summary>
internal sealed record ErasureView(
    string Id,
    string State,
    DateTimeOffset AskedAt,
    string AskedBy,
    int People,
    int Accounts,
    int Walks,
    int Removed,
    string? Problem,
    DateTimeOffset? ProvedAt
)
{
    public static ErasureView Of(ErasureRequest request) =>
        new(
            request.Id,
            request.State == ErasureState.Proved ? "proved" : "erasing",
            request.AskedAt,
            request.AskedBy,
            request.People,
            request.Accounts,
            request.Walks,
            request.Removed,
            request.Problem,
            request.ProvedAt
        );
}

/// <summary>How many ids and addresses were kept out until now.</summary>
internal sealed record RestoredView(int Restored);
