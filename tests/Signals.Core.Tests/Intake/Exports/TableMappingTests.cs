using System.Text;
using Signals.Core.Intake.Exports;

namespace Signals.Core.Tests.Intake.Exports;

public sealed class TableMappingTests
{
    [Theory]
    [InlineData(
        "User ID,Event Name,Occurred At,Company,Plan",
        "ann,Report Shared,2026-05-01 10:00:00,acme,pro",
        "userId=User ID,groupId=Company,event=Event Name,timestamp=Occurred At"
    )]
    [InlineData(
        "anonymous_id,user_id,event,event_text,timestamp,received_at,context_ip,pages",
        "d,ann,report_shared,Report Shared,2026-05-01,x,1.2.3.4,3",
        "userId=user_id,anonymousId=anonymous_id,event=event_text,timestamp=timestamp,-=event,-=received_at,-=context_ip"
    )]
    [InlineData("user_id,email,plan", "ann,ann@x.example,pro", "userId=user_id,type:=identify")]
    [InlineData(
        "uuid,event,distinct_id,timestamp,properties",
        "1,x,ann,2026-05-01,{}",
        "userId=distinct_id,event=event,timestamp=timestamp,messageId=uuid"
    )]
    public async Task Headers_say_which_column_is_what(string headers, string row, string expected)
    {
        var table = new TableEvents(new StringReader($"{headers}\n{row}\n"));
        await table.BeginAsync(TestContext.Current.CancellationToken);

        var mapping = TableMapping.Guess(table.Headers, table.FirstRow);

        Assert.Equal(expected, mapping.ToString());
        Assert.Null(mapping.Problem);
        Assert.Equal(expected, TableMapping.Parse(expected, table.Headers).ToString());
    }

    [Fact]
    public void A_row_becomes_a_message_whose_other_columns_are_properties()
    {
        var mapping = TableMapping.Parse(
            "userId=Customer,event:=Order Paid,timestamp=When,groupId=Firm,total=Sum,-=Note",
            ["Customer", "When", "Firm", "Sum", "Note", "Channel"]
        );

        Assert.Equal(
            """{"type":"track","userId":"ann","event":"Order Paid","timestamp":1714557600,"context":{"groupId":"acme"},"properties":{"total":"12.50","Channel":"web"}}""",
            Encoding.UTF8.GetString(mapping.ToMessage(["ann", "1714557600", "acme", "12.50", "secret", "web"]))
        );
    }

    [Fact]
    public void An_object_in_a_column_is_laid_open()
    {
        var mapping = TableMapping.Guess(["distinct_id", "event", "timestamp", "properties"], null);

        Assert.Equal(
            """{"type":"track","userId":"ann","event":"x","timestamp":"2026-05-01","properties":{"pages":3}}""",
            Encoding.UTF8.GetString(mapping.ToMessage(["ann", "x", "2026-05-01", """{"pages":3,"$os":"Mac"}"""]))
        );
    }

    [Theory]
    [InlineData("userId=Nobody", "found no column 'Nobody', expected one of: A, B")]
    [InlineData("userId", "found 'userId', expected FIELD=COLUMN, FIELD:=TEXT or -=COLUMN")]
    public void What_cannot_be_meant_is_named(string map, string expected) =>
        Assert.Equal(expected, Assert.Throws<TableMappingException>(() => TableMapping.Parse(map, ["A", "B"])).Message);

    [Theory]
    [InlineData("event=A,timestamp=B", "no column that names the person (userId or anonymousId)")]
    [InlineData("userId=A,timestamp=B", "no column that names the event (event), nor one name for all of them (event:=NAME)")]
    [InlineData("userId=A,event=B", "no column that says when (timestamp)")]
    public void What_is_missing_is_said(string map, string expected) => Assert.Equal(expected, TableMapping.Parse(map, ["A", "B"]).Problem);
}
