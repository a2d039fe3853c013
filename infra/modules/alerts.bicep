@description('Makes names unique.')
param token string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

@description('Who is mailed. Empty: nobody.')
param email string

@description('Resource id of the Service Bus namespace.')
param serviceBusId string

@description('The queues of the app.')
param queueNames string[]

@description('Messages in the queue of usage events that, left unread for 15 minutes, mean that folding lags.')
param foldLagMessages int

@description('Resource id of Application Insights.')
param applicationInsightsId string

var notify = empty(email) ? [] : [{ actionGroupId: operators.id }]

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'signals'
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'signals-dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'A message failed ten times, expired or could not be read. docs/operating.md says how to look at it and send it again.'
    severity: 1
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dead-lettered'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: 0
          dimensions: [
            {
              name: 'EntityName'
              operator: 'Include'
              values: queueNames
            }
          ]
        }
      ]
    }
    actions: notify
  }
}

resource foldLag 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'signals-fold-lag'
  location: 'global'
  tags: tags
  properties: {
    description: 'Usage events arrive faster than they are folded: for 15 minutes the queue was never short. Nothing is lost, but flags come late.'
    severity: 2
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'waiting'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'ActiveMessages'
          timeAggregation: 'Minimum'
          operator: 'GreaterThan'
          threshold: foldLagMessages
          dimensions: [
            {
              name: 'EntityName'
              operator: 'Include'
              values: ['usage']
            }
          ]
        }
      ]
    }
    actions: notify
  }
}

resource serverErrors 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'signals-server-errors'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'signals-server-errors'
    description: 'The app answers with 5xx. SDKs keep their events and send them again, for a while.'
    severity: 2
    enabled: true
    scopes: [applicationInsightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: 'requests | where toint(resultCode) >= 500'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 20
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: empty(email) ? {} : { actionGroups: [operators.id] }
  }
}
