using System.Net;
using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using Moq;
using Signals.Azure.Settings;
using Signals.Azure.Storage;
using Signals.Core.Platform.Storage;

namespace Signals.Azure.Tests.Storage;

/// <summary>What the store makes of answers that Azurite does not give: throttling, lost answers, garbage.</summary>
public sealed class TableFaultTests : IDisposable
{
    private const string Connection =
        "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=YWNtZQ==;TableEndpoint=https://acme.table.example/;";

    private readonly ScriptedTransport _transport = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _transport.Dispose();

    [Fact]
    public async Task A_busy_service_is_asked_again_for_reads_and_writes_and_then_reported_with_its_wish()
    {
        var store = Store();
        _transport.Busy().Busy().Answer(HttpStatusCode.NoContent, headers: ("ETag", "W/\"1\""));
        Assert.True((await InsertAsync(store)).Committed);
        Assert.Equal(3, _transport.Requests.Count);

        _transport.Busy().Busy().Busy().Busy("7");
        var passing = await Assert.ThrowsAsync<TransientStoreException>(async () => await InsertAsync(store));

        Assert.Equal(7, _transport.Requests.Count);
        Assert.NotNull(passing.RetryAfter);
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_never_repeated()
    {
        _transport.Break(new HttpRequestException("the connection broke after the request was written"));

        var passing = await Assert.ThrowsAsync<TransientStoreException>(async () => await InsertAsync(Store()));

        Assert.Single(_transport.Requests);
        Assert.Contains("'Tests'", passing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_write_that_the_service_timed_out_on_is_never_repeated(int operations)
    {
        _transport.Error(HttpStatusCode.InternalServerError, "OperationTimedOut");

        await Assert.ThrowsAsync<TransientStoreException>(async () =>
            await Store()
                .CommitAsync(
                    "Tests",
                    "p",
                    [.. Enumerable.Range(0, operations).Select(i => EntityOperation.Insert(new Entity("p", $"r{i}")))],
                    Cancellation
                )
        );

        Assert.Single(_transport.Requests);
    }

    [Fact]
    public async Task A_read_is_tried_again_over_a_broken_connection()
    {
        _transport.Break(new HttpRequestException("broken")).Error(HttpStatusCode.NotFound, "ResourceNotFound");

        Assert.Null(await Store().GetAsync("Tests", "p", "r", Cancellation));

        Assert.Equal(2, _transport.Requests.Count);
    }

    [Theory]
    [InlineData("<html>a proxy's page</html>")]
    [InlineData("{\"value\": 7}")]
    [InlineData("{}")]
    [InlineData("{\"rows\":{\"value\":[]}}")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task An_answer_that_is_none_is_a_passing_fault(string body)
    {
        _transport.Answer(HttpStatusCode.OK, body);

        await Assert.ThrowsAsync<TransientStoreException>(async () =>
            await Store().QueryAsync(new EntityQuery("Tests", "p"), Cancellation)
        );
    }

    [Theory]
    [InlineData("<html>a proxy's page</html>")]
    [InlineData("{}")]
    [InlineData("{\"value\":[]}")]
    public async Task An_answer_that_is_no_row_is_a_passing_fault(string body)
    {
        _transport.Answer(HttpStatusCode.OK, body);

        await Assert.ThrowsAsync<TransientStoreException>(async () => await Store().GetAsync("Tests", "p", "r", Cancellation));
    }

    [Theory]
    [InlineData("{\"value\":[]}")]
    [InlineData("{\"odata.metadata\":\"m\",\"other\":{\"value\":7},\"value\":[]}")]
    public async Task An_answer_that_says_so_has_no_rows(string body)
    {
        _transport.Answer(HttpStatusCode.OK, body);

        Assert.Empty((await Store().QueryAsync(new EntityQuery("Tests", "p"), Cancellation)).Entities);
    }

    [Fact]
    public async Task A_write_that_is_answered_without_an_etag_is_read_again_by_the_caller()
    {
        _transport.Answer(HttpStatusCode.NoContent);

        await Assert.ThrowsAsync<TransientStoreException>(async () => await InsertAsync(Store()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--none\r\n")]
    [InlineData("<html>a proxy's page</html>")]
    public async Task A_transaction_that_is_answered_with_garbage_has_no_known_outcome(string body)
    {
        _transport.Answer(HttpStatusCode.Accepted, body, "multipart/mixed; boundary=batchresponse_1");

        await Assert.ThrowsAsync<TransientStoreException>(async () =>
            await Store()
                .CommitAsync(
                    "Tests",
                    "p",
                    [EntityOperation.Insert(new Entity("p", "r1")), EntityOperation.Insert(new Entity("p", "r2"))],
                    Cancellation
                )
        );
    }

    [Fact]
    public async Task A_table_that_is_missing_is_made_and_the_write_repeated_once()
    {
        _transport
            .Error(HttpStatusCode.NotFound, "TableNotFound")
            .Error(HttpStatusCode.Conflict, "TableAlreadyExists")
            .Answer(HttpStatusCode.NoContent, headers: ("ETag", "W/\"1\""));

        Assert.True((await InsertAsync(Store())).Committed);

        Assert.Equal(["/Tests", "/Tables", "/Tests"], _transport.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task A_table_that_stays_missing_is_a_passing_fault()
    {
        _transport
            .Error(HttpStatusCode.NotFound, "TableNotFound")
            .Answer(HttpStatusCode.NoContent)
            .Error(HttpStatusCode.NotFound, "TableNotFound");

        await Assert.ThrowsAsync<TransientStoreException>(async () => await InsertAsync(Store()));
    }

    [Fact]
    public async Task A_request_that_the_service_finds_wrong_is_a_defect_and_not_tried_again()
    {
        _transport.Error(HttpStatusCode.BadRequest, "PropertyValueTooLarge");

        var refusal = await Assert.ThrowsAsync<EntityLimitException>(async () => await InsertAsync(Store()));

        Assert.Contains("PropertyValueTooLarge", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(409, "EntityAlreadyExists", CommitStatus.AlreadyExists)]
    [InlineData(404, "ResourceNotFound", CommitStatus.NotFound)]
    [InlineData(412, "UpdateConditionNotSatisfied", CommitStatus.ETagMismatch)]
    public async Task A_condition_that_does_not_hold_is_a_result(int status, string code, CommitStatus expected)
    {
        var table = new Mock<TableClient>();
        table
            .Setup(it =>
                it.UpdateEntityAsync(It.IsAny<TableEntity>(), new ETag("W/\"1\""), TableUpdateMode.Replace, It.IsAny<CancellationToken>())
            )
            .ThrowsAsync(new RequestFailedException(status, code, code, null));

        var result = await Store(table).CommitAsync("Tests", "p", [EntityOperation.Replace(new Entity("p", "r"), "W/\"1\"")], Cancellation);

        Assert.Equal((expected, 0), (result.Status, result.FailedIndex));
    }

    [Fact]
    public async Task A_transaction_that_failed_without_saying_where_is_a_passing_fault()
    {
        var table = new Mock<TableClient>();
        table
            .Setup(it => it.SubmitTransactionAsync(It.IsAny<IEnumerable<TableTransactionAction>>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(
                new TableTransactionFailedException(new RequestFailedException(412, "which?", "UpdateConditionNotSatisfied", null))
            );

        await Assert.ThrowsAsync<TransientStoreException>(async () =>
            await Store(table)
                .CommitAsync(
                    "Tests",
                    "p",
                    [EntityOperation.Upsert(new Entity("p", "r1")), EntityOperation.Upsert(new Entity("p", "r2"))],
                    Cancellation
                )
        );
    }

    [Fact]
    public async Task A_transaction_that_is_answered_in_part_has_no_known_outcome()
    {
        var table = new Mock<TableClient>();
        table
            .Setup(it => it.SubmitTransactionAsync(It.IsAny<IEnumerable<TableTransactionAction>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(Response.FromValue<IReadOnlyList<Response>>([Mock.Of<Response>()], Mock.Of<Response>()));

        await Assert.ThrowsAsync<TransientStoreException>(async () =>
            await Store(table)
                .CommitAsync(
                    "Tests",
                    "p",
                    [EntityOperation.Upsert(new Entity("p", "r1")), EntityOperation.Upsert(new Entity("p", "r2"))],
                    Cancellation
                )
        );
    }

    [Fact]
    public async Task Replaces_and_deletes_in_a_transaction_always_name_their_etag()
    {
        var table = new Mock<TableClient>();
        List<TableTransactionAction> sent = [];
        table
            .Setup(it => it.SubmitTransactionAsync(It.IsAny<IEnumerable<TableTransactionAction>>(), It.IsAny<CancellationToken>()))
            .Callback((IEnumerable<TableTransactionAction> actions, CancellationToken _) => sent.AddRange(actions))
            .ThrowsAsync(new RequestFailedException(503, "busy", "ServerBusy", null));

        await Assert.ThrowsAsync<TransientStoreException>(async () =>
            await Store(table)
                .CommitAsync(
                    "Tests",
                    "p",
                    [
                        EntityOperation.Replace(new Entity("p", "r1"), "W/\"1\""),
                        EntityOperation.Delete("r2", "W/\"2\""),
                        EntityOperation.Delete("r3"),
                    ],
                    Cancellation
                )
        );

        Assert.Equal([new ETag("W/\"1\""), new ETag("W/\"2\""), ETag.All], sent.Select(action => action.ETag));
        Assert.Equal(
            [TableTransactionActionType.UpdateReplace, TableTransactionActionType.Delete, TableTransactionActionType.Delete],
            sent.Select(action => action.ActionType)
        );
    }

    public static TheoryData<Exception> PassingFaults =>
        new(
            (Exception[])
                [
                    new TaskCanceledException("a time limit of the client"),
                    new RequestFailedException("no connection"),
                    new RequestFailedException(403, "no right yet", "AuthorizationPermissionMismatch", null),
                    new RequestFailedException(409, "being deleted", "TableBeingDeleted", null),
                    new AuthenticationFailedException("the identity cannot be asked"),
                    new AggregateException(
                        new RequestFailedException("no connection"),
                        new RequestFailedException(503, "busy", "ServerBusy", null)
                    ),
                ]
        );

    [Theory]
    [MemberData(nameof(PassingFaults), DisableDiscoveryEnumeration = true)]
    public async Task A_store_that_cannot_be_used_now_is_a_passing_fault(Exception fault)
    {
        var table = new Mock<TableClient>();
        table.Setup(it => it.AddEntityAsync(It.IsAny<TableEntity>(), It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        table
            .Setup(it => it.GetEntityIfExistsAsync<TableEntity>("p", "r", It.IsAny<IEnumerable<string>>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(fault);
        var store = Store(table);

        var written = await Assert.ThrowsAsync<TransientStoreException>(async () => await InsertAsync(store));
        var read = await Assert.ThrowsAsync<TransientStoreException>(async () => await store.GetAsync("Tests", "p", "r", Cancellation));

        Assert.Same(fault, written.InnerException);
        Assert.Same(fault, read.InnerException);
    }

    [Fact]
    public async Task A_callers_own_cancellation_stays_one()
    {
        using var cancelled = new CancellationTokenSource();
        var table = new Mock<TableClient>();
        table
            .Setup(it => it.AddEntityAsync(It.IsAny<TableEntity>(), It.IsAny<CancellationToken>()))
            .Callback(cancelled.Cancel)
            .ThrowsAsync(new TaskCanceledException());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Store(table).CommitAsync("Tests", "p", [EntityOperation.Insert(new Entity("p", "r"))], cancelled.Token)
        );
    }

    [Fact]
    public async Task A_continuation_that_no_page_gave_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await Store().QueryAsync(new EntityQuery("Tests", "p", Continuation: "1!8!eA--"), Cancellation)
        );

    private TableEntityStore Store()
    {
        var options = new TableClientOptions { Transport = _transport.ForAzure() };
        return new TableEntityStore(TableClients.Create(new ServiceAccess(Connection), options, firstDelay: TimeSpan.FromMilliseconds(1)));
    }

    private static TableEntityStore Store(Mock<TableClient> table)
    {
        var service = new Mock<TableServiceClient>();
        service.Setup(it => it.GetTableClient("Tests")).Returns(table.Object);
        return new TableEntityStore(service.Object);
    }

    private static ValueTask<CommitResult> InsertAsync(TableEntityStore store) =>
        store.CommitAsync("Tests", "p", [EntityOperation.Insert(new Entity("p", "r"))], Cancellation);
}

file static class TableAnswers
{
    public static ScriptedTransport Busy(this ScriptedTransport transport, string retryAfter = "0") =>
        transport.Error(HttpStatusCode.ServiceUnavailable, "ServerBusy", ("Retry-After", retryAfter));

    public static ScriptedTransport Error(
        this ScriptedTransport transport,
        HttpStatusCode status,
        string code,
        params (string, string)[] headers
    ) =>
        transport.Answer(
            status,
            "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"In words.\"}}}",
            "application/json;odata=minimalmetadata",
            headers
        );
}
